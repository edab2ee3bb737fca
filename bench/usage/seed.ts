import { type Db, onConnection } from "#lib/db/client.ts";
import { makeBlocks } from "#lib/usage/store/blocks.ts";
import { quarterColumns, quarterKeySql, quarterSumsSql } from "#lib/usage/store/quarter-sql.ts";

export const accounts = 200;
const keysPerAccount = 20;
export const days = 90;

/** The account with the most requests: a fifth of all. */
export const busiest = "acc_bench_0";

/**
 * Requests over 90 days of 200 accounts with 20 keys each, three in a hundred failed, made in SQL; quarters from them as the migration
 * makes them, and blocks by the program's own job. Rows come in the order of time, as they do in life.
 */
export async function seed(db: Db, requests: number): Promise<void> {
  await onConnection(db, async (query) => {
    await query(`INSERT INTO accounts (id, email, email_key, password_hash, plan)
      SELECT 'acc_bench_' || a, a || '@bench', a || '@bench', 'none', 'paid' FROM generate_series(0, ${accounts - 1}) a`);
    await query(`INSERT INTO keys (id, account_id, name, hash, start)
      SELECT 'key_bench_' || a || '_' || k, 'acc_bench_' || a, 'key ' || k, a || '/' || k, 'sk-aig-'
      FROM generate_series(0, ${accounts - 1}) a, generate_series(0, ${keysPerAccount - 1}) k`);
    const indexes = await query<{ name: string; sql: string }>(
      `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename IN ('requests', 'usage_quarters')
        AND indexname NOT LIKE '%_pkey'`,
    );
    for (const { name } of indexes) await query(`DROP INDEX "${name}"`);
    await query("SET session_replication_role = replica");
    await query("SET work_mem = '512MB'");
    await query(requestsSql(requests));
    await query(`INSERT INTO usage_quarters (${quarterColumns}) SELECT ${quarterKeySql}, ${quarterSumsSql}
      FROM requests GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`);
    await query("RESET session_replication_role");
    await query("RESET work_mem");
    for (const { sql } of indexes) await query(sql);
    await query("ANALYZE requests");
    await query("ANALYZE usage_quarters");
  });
  while ((await makeBlocks(db, new Date())).moved) {
    // A day at a time.
  }
  await onConnection(db, (query) => query("VACUUM ANALYZE usage_blocks"));
}

function requestsSql(requests: number): string {
  return `
INSERT INTO requests (id, account_id, key_id, source, model, endpoint, stream, status, http_status, error_code, tag, prompt_tokens,
  cached_tokens, completion_tokens, reasoning_tokens, estimated, input_price_nano_usd, cached_input_price_nano_usd,
  output_price_nano_usd, cost_nano_usd, time_to_first_token_ms, total_ms, process_id, created_at, settled_at)
SELECT 'req_bench_' || lpad(i::text, 8, '0'), 'acc_bench_' || account, CASE WHEN by_chat THEN NULL ELSE 'key_bench_' || account || '_' || key END,
  (CASE WHEN by_chat THEN 'chat' ELSE 'api' END)::"RequestSource",
  CASE WHEN key % 5 = 0 THEN 'other/model' ELSE 'moonshot/kimi-k2.6' END, 'chat.completions', true,
  (CASE WHEN luck < 0.97 THEN 'succeeded' WHEN luck < 0.985 THEN 'failed' ELSE 'aborted' END)::"RequestStatus",
  CASE WHEN luck < 0.97 THEN 200 ELSE 502 END,
  CASE WHEN luck < 0.97 THEN NULL WHEN luck < 0.978 THEN 'upstream_error' WHEN luck < 0.985 THEN 'upstream_timeout' END,
  CASE key % 4 WHEN 0 THEN 'nightly' WHEN 1 THEN 'staging' ELSE '' END,
  prompt, prompt / 3, answer, answer / 2, luck > 0.99, 950, 95, 4000,
  (prompt - prompt / 3)::bigint * 950 + (prompt / 3)::bigint * 95 + answer::bigint * 4000,
  (300 * exp(random() * 2))::int, (2000 * exp(random() * 3))::int, 'proc_bench', at, at
FROM (
  SELECT i, floor(${accounts} * power(random(), 3.4))::int AS account, floor(${keysPerAccount} * random())::int AS key,
    random() < 0.15 AS by_chat, random() AS luck, (100 + 20000 * random())::int AS prompt, (10 + 3000 * random())::int AS answer,
    date_trunc('day', now()) - interval '${days - 1} days'
      + (i::float8 / ${requests}) * (now() - date_trunc('day', now()) + interval '${days - 1} days') AS at
  FROM generate_series(1, ${requests}) i
  OFFSET 0
) AS made`;
}
