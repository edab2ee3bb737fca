import type { Db } from "#lib/db/client.ts";
import { onConnection } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { settleBatch } from "#lib/usage/store/settlement.ts";
import { quantile } from "./measure-panels.ts";
import { busiest } from "./seed.ts";

const perBatch = 20;

/** The median time of settling 20 requests of one account together, in milliseconds. */
export async function measureSettlement(db: Db, batches: number): Promise<number> {
  const times: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const ids = Array.from({ length: perBatch }, () => newId("req"));
    await onConnection(db, (query) => query(reservedSql, [ids]));
    const begin = performance.now();
    await settleBatch(
      db,
      ids.map((requestId, index) => ({
        requestId,
        outcome: {
          status: "succeeded",
          usage: { promptTokens: 900, cachedTokens: 300, completionTokens: 200, reasoningTokens: 100 },
          estimated: false,
          httpStatus: 200,
          attempts: 1,
          timeToFirstTokenMs: 400 + index,
          totalMs: 3000 + index,
        },
      })),
    );
    times.push(performance.now() - begin);
  }
  return quantile(times.slice(batches >> 2), 0.5);
}

const reservedSql = `
INSERT INTO requests (id, account_id, key_id, source, model, endpoint, stream, status, input_price_nano_usd,
  cached_input_price_nano_usd, output_price_nano_usd, process_id, created_at)
SELECT id, '${busiest}', 'key_bench_0_' || (place % 20), 'api', 'moonshot/kimi-k2.6', 'chat.completions', true, 'reserved', 950, 95,
  4000, 'proc_bench', now()
FROM unnest($1::text[]) WITH ORDINALITY AS made(id, place)`;
