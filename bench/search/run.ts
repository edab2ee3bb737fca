// Measures the search of chats on PostgreSQL with a million messages in one account: node bench/search/run.ts [DATABASE_URL [MESSAGES]]
// An empty database is seeded first, which takes minutes; one that was seeded before is measured at once.
import pg from "pg";
import { searchChats } from "#lib/chat/search/search.ts";
import { connectDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrations.ts";
import { startPostgres } from "#tests/support/postgres.ts";
import { bigAccountId, index, seed, smallAccountId } from "./seed.ts";

const rounds = 40;
const messageCount = Number(process.argv[3] ?? 1_000_000);
const limitMs = 100;

/** Each kind with several queries, taken in turn. */
const kinds: Record<string, readonly string[]> = {
  "common word": ["the", "people", "world", "into"],
  "word in 1 of 50": ["kubernetes"],
  "word in 1 of 1,000, part of it": ["getUserById", "UserById(id", "erById"],
  "word in 1 of 100,000": ["zanzibar", "zanziba"],
  "word of half the texts of long ago only": ["heidelberg"],
  "two words": ["kubernetes people", "the getUserById", "good zanzibar"],
  phrase: ['"of the"', '"more and"'],
  Chinese: ["人工智能", "人工", "智能"],
  "one Chinese character": ["人", "一"],
  "one or two letters": ["a", "ku", "th"],
  "no find": ["qqxjvwz", "人智工能", "C++", "nothinglikethis here"],
};

async function isSeeded(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT 1 FROM accounts WHERE id = $1", [bigAccountId]);
  await client.end();
  return rows.length > 0;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const given = process.argv[2];
const own = given === undefined ? await startPostgres() : null;
const url = given ?? own?.url ?? "";
await migrate(url);
if (!(await isSeeded(url))) await seed(url, messageCount);
await index(url);
const db = connectDb(url, { poolSize: 4 });
let tooSlow = false;
console.log(`${"".padEnd(38)}${"p50 ms".padStart(9)}${"p95 ms".padStart(9)}${"finds".padStart(7)}`);
for (const [name, accountId] of [
  [`${messageCount.toLocaleString("en")} messages`, bigAccountId],
  ["200 messages", smallAccountId],
] as const) {
  console.log(name);
  const all: number[] = [];
  for (const [kind, queries] of Object.entries(kinds)) {
    const times: number[] = [];
    let finds = 0;
    for (const query of queries) await searchChats(db, accountId, query);
    for (let round = 0; round < rounds; round += 1) {
      const startMs = performance.now();
      const { hits } = await searchChats(db, accountId, queries[round % queries.length] ?? "");
      times.push(performance.now() - startMs);
      finds = Math.max(finds, hits.length);
    }
    times.sort((a, b) => a - b);
    all.push(...times);
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
    console.log(
      `  ${kind.padEnd(36)}${p50.toFixed(1).padStart(9)}${p95.toFixed(1).padStart(9)}${String(finds).padStart(7)}`,
    );
  }
  all.sort((a, b) => a - b);
  const p95 = percentile(all, 0.95);
  if (p95 > limitMs) tooSlow = true;
  console.log(
    `  ${"all".padEnd(36)}${percentile(all, 0.5).toFixed(1).padStart(9)}${p95.toFixed(1).padStart(9)}`,
  );
}
await db.$disconnect();
await own?.stop();
process.exitCode = tooSlow ? 1 : 0;
