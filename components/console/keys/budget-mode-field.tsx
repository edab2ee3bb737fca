import { useTranslations } from "next-intl";

/** What a budget does when it is used up. */
export function BudgetModeField({ value = "hard" }: { value?: string | undefined }) {
  const t = useTranslations("keys.budgetMode");
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-13">{t("legend")}</legend>
      {(["hard", "warn"] as const).map((mode) => (
        <label key={mode} className="target flex cursor-pointer items-start gap-2.5 py-1 text-14">
          <input
            type="radio"
            name="budgetMode"
            value={mode}
            defaultChecked={value === mode}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            {t(mode)} <span className="text-13 text-muted">{t(`${mode}Hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
