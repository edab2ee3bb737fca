import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { PageParams } from "./pager.tsx";

/** A form that asks by the URL, so that it works before the page is alive and a search can be shared. */
export function AuditFilters({ params, actions }: { params: PageParams; actions: readonly string[] }) {
  const t = useTranslations("admin.audit");
  const filtered = Object.values(params).some((value) => value !== undefined && value !== "");
  return (
    <search>
      <form action="/admin/audit" className="flex flex-wrap items-end gap-3">
        <div className="w-full sm:w-60">
          <TextField
            label={t("filter.account")}
            name="account"
            autoComplete="off"
            defaultValue={params.account}
          />
        </div>
        <div className="w-full sm:w-52">
          <SelectField
            label={t("filter.action")}
            name="action"
            defaultValue={params.action ?? ""}
            options={[
              { value: "", label: t("filter.all") },
              ...actions.map((action) => ({ value: action, label: action })),
            ]}
          />
        </div>
        <TextField label={t("filter.from")} name="from" type="date" defaultValue={params.from} />
        <TextField label={t("filter.to")} name="to" type="date" defaultValue={params.to} />
        <Button type="submit">{t("filter.submit")}</Button>
        {filtered && (
          <ButtonLink variant="quiet" href="/admin/audit">
            {t("filter.clear")}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
