import pg from "pg";
import { makeKey } from "#lib/keys/key-format.ts";
import { requestBody } from "./answers.ts";
import { type Client, createClient } from "./load.ts";
import { residentBytes } from "./process-usage.ts";
import { quantile } from "./statistics.ts";

/** One stretch of time: good calls at an even pace, alone or while strangers call with keys that nobody made. */
export interface FloodPhase {
  name: string;
  goodCalls: number;
  goodMs: { p50: number; p90: number; p99: number };
  goodFailures: number;
  unknownCalls: number;
  /** Unknown calls that were not refused as such. */
  unknownAccepted: number;
  elapsedMs: number;
  /** Rows that came to all tables, without those of the good calls. */
  rowsMade: number;
  residentBytes: { now: number; peak: number };
}

interface FloodOptions {
  url: string;
  pid: number;
  databaseUrl: string;
  /** Headers of callers whose keys are good. */
  good: readonly Record<string, string>[];
  unknownCalls: number;
  unknownPerSecond: number;
  quietMs: number;
}

const goodEveryMs = 20;
const strangers = 50;
const body = requestBody({ stream: false, paceMs: 0 });

/** Measures good calls alone, during a flood, and afterwards. */
export async function runFlood(options: FloodOptions): Promise<FloodPhase[]> {
  const client = createClient({ origin: options.url, headers: options.good });
  try {
    const quiet = () => new Promise<Unknown>((done) => setTimeout(() => done(noUnknown), options.quietMs));
    // What is compiled and opened for the first time counts in no phase.
    await measure("warming up", options, client, quiet);
    return [
      await measure("quiet", options, client, quiet),
      await measure("flood", options, client, () => flood(options)),
      await measure("quiet again", options, client, quiet),
    ];
  } finally {
    await client.close();
  }
}

interface Unknown {
  unknownCalls: number;
  unknownAccepted: number;
}

const noUnknown: Unknown = { unknownCalls: 0, unknownAccepted: 0 };

async function measure(
  name: string,
  { databaseUrl, pid }: FloodOptions,
  client: Client,
  meanwhile: () => Promise<Unknown>,
): Promise<FloodPhase> {
  const rowsBefore = await countRows(databaseUrl);
  const startedAt = performance.now();
  const asked: ReturnType<Client["ask"]>[] = [];
  const asking = setInterval(() => asked.push(client.ask(body)), goodEveryMs);
  const unknown = await meanwhile().finally(() => clearInterval(asking));
  const elapsedMs = performance.now() - startedAt;
  const answers = await Promise.all(asked);
  const ms = answers.map(({ totalMs }) => totalMs);
  return {
    name,
    goodCalls: answers.length,
    goodMs: { p50: quantile(ms, 0.5), p90: quantile(ms, 0.9), p99: quantile(ms, 0.99) },
    goodFailures: answers.filter(({ ok }) => !ok).length,
    ...unknown,
    elapsedMs,
    rowsMade: (await countRows(databaseUrl)) - rowsBefore - answers.length,
    residentBytes: residentBytes(pid),
  };
}

/** Each call with a key of its own, well formed, so that only the database can tell. */
async function flood({ url, unknownCalls, unknownPerSecond }: FloodOptions): Promise<Unknown> {
  const clients = Array.from({ length: strangers }, () => createClient({ origin: url, headers: [{}] }));
  const startedAt = performance.now();
  let begun = 0;
  let accepted = 0;
  const send = async (client: Client) => {
    while (begun < unknownCalls) {
      const earlyMs = (begun / unknownPerSecond) * 1000 - (performance.now() - startedAt);
      begun += 1;
      if (earlyMs > 1) await new Promise((done) => setTimeout(done, earlyMs));
      const status = await client.status(body, { authorization: `Bearer ${makeKey()}` });
      if (status !== 401) accepted += 1;
    }
  };
  await Promise.all(clients.map(send));
  await Promise.all(clients.map((client) => client.close()));
  return { unknownCalls: begun, unknownAccepted: accepted };
}

async function countRows(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const counts = tables.rows.map(({ name }) => `SELECT count(*) AS n FROM ${name}`);
    const { rows } = await client.query<{ n: string }>(
      `SELECT sum(n) AS n FROM (${counts.join(" UNION ALL ")}) t`,
    );
    return Number(rows[0]?.n);
  } finally {
    await client.end();
  }
}
