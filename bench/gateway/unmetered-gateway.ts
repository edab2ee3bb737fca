import { createServer } from "node:http";
import { pino } from "pino";
import { connectDb, type Db } from "#lib/db/client.ts";
import { createGateway } from "#lib/gateway/listener.ts";
import { parseConfig } from "#lib/ops/config.ts";
import { announce } from "./announce.ts";

/**
 * The gateway on a database that says yes to every admission and settlement at once, so that the price of metering can be seen.
 * Arguments: the upstream's base URL and a PostgreSQL for what is not metering.
 */
const [upstreamUrl = "", databaseUrl = ""] = process.argv.slice(2);

const admitted = {
  verdict: "admitted",
  accountId: "acc_bench",
  keyId: "key_bench",
  plan: "paid",
  rateLimit: 1_000_000,
  rateUsed: 0,
  rateResetMs: 0,
  rateRetryMs: 0,
  quotaUsed: null,
  msToMidnight: 1_000,
  midnightMs: 0,
};

/** Answers the two statements of a metered call; null for every other. */
function answerMetering(query: unknown): unknown[] | null {
  if (typeof query !== "object" || query === null || !("strings" in query) || !Array.isArray(query.strings))
    return null;
  const start = String(query.strings[0]);
  if (start.includes("clock AS MATERIALIZED")) return [admitted];
  return start.includes("WITH settled AS") || start.includes("WITH outcomes") ? [] : null;
}

function withoutMetering(db: Db): Db {
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== "$queryRaw" || typeof value !== "function") return value;
      return (query: unknown, ...rest: unknown[]) => {
        const rows = answerMetering(query);
        return rows === null ? value.call(target, query, ...rest) : Promise.resolve(rows);
      };
    },
  });
}

const config = {
  ...parseConfig({
    UPSTREAM_BASE_URL: upstreamUrl,
    UPSTREAM_API_KEY: "bench",
    UPSTREAM_MODEL: "kimi-k2.6",
    DATABASE_URL: databaseUrl,
  }),
  authSecret: "a secret for the benchmark of thirty-two characters",
  processId: "proc_bench_unmetered",
};
const gateway = await createGateway({
  db: withoutMetering(connectDb(databaseUrl, { poolSize: 4 })),
  config,
  log: pino({ level: "error" }),
});
const server = createServer(gateway.handle);
server.keepAliveTimeout = 65_000;
announce(server);
