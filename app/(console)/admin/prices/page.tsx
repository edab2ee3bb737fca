import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewPriceForm } from "#components/admin/new-price-form.tsx";
import { PriceTable } from "#components/admin/price-table.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { listPricesOf } from "#lib/admin/price-list.ts";
import { getDb } from "#lib/db/client.ts";
import { listModels } from "#lib/models/catalog.ts";
import { pricesAt } from "#lib/models/price-periods.ts";
import { listPrices } from "#lib/usage/store/prices.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.prices"))("title") };
}

export default async function PricesPage() {
  await requireAdmin();
  const [t, stored] = await Promise.all([getTranslations("admin.prices"), listPrices(getDb())]);
  const now = new Date();
  const models = listModels();
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-16">{t("title")}</h1>
        <p className="mt-1 max-w-180 text-pretty text-muted">{t("lead")}</p>
      </div>
      {models.map((model) => (
        <PriceTable key={model.id} name={model.name} prices={listPricesOf(model, stored, now)} />
      ))}
      <NewPriceForm
        models={models.map((model) => ({
          id: model.id,
          name: model.name,
          prices: pricesAt(model, stored, now),
        }))}
      />
    </div>
  );
}
