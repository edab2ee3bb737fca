import { getBaseUrl } from "#app/base-url.ts";
import type { Guide } from "#components/docs/guide/blocks.ts";
import { kimiGuide } from "#components/docs/guide/kimi-k2-6.ts";
import { getDb } from "#lib/db/client.ts";
import { kimiK26 } from "#lib/models/kimi-k2.6.ts";
import { pricesAt } from "#lib/models/price-periods.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getProviderName } from "#lib/ops/provider.ts";
import { listPrices } from "#lib/usage/store/prices.ts";

/** The guide to Kimi K2.6 for this installation, with the address this reader used. */
export async function getKimiGuide(): Promise<Guide> {
  return kimiGuide({
    baseUrl: await getBaseUrl(),
    model: { ...kimiK26, prices: pricesAt(kimiK26, await listPrices(getDb()), new Date()) },
    limits: getConfig().limits,
    provider: getProviderName(),
  });
}
