import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { PageParams } from "./pager.tsx";

export function AccountFilters({ params }: { params: PageParams }) {
  const t = useTranslations("admin.accounts");
  return (
    <search>
      <form action="/admin/accounts" className="flex flex-wrap items-end gap-3">
        <div className="w-full sm:w-72">
          <TextField
            label={t("filter.search")}
            type="search"
            name="search"
            autoComplete="off"
            placeholder={t("filter.searchHint")}
            defaultValue={params.search}
          />
        </div>
        <SelectField
          label={t("column.plan")}
          name="plan"
          defaultValue={params.plan ?? ""}
          options={[
            { value: "", label: t("filter.all") },
            { value: "trial", label: t("plan", { plan: "trial" }) },
            { value: "paid", label: t("plan", { plan: "paid" }) },
          ]}
        />
        <SelectField
          label={t("column.state")}
          name="state"
          defaultValue={params.state ?? ""}
          options={[
            { value: "", label: t("filter.all") },
            { value: "active", label: t("state", { state: "active" }) },
            { value: "disabled", label: t("state", { state: "disabled" }) },
          ]}
        />
        <Button type="submit">{t("filter.submit")}</Button>
      </form>
    </search>
  );
}
