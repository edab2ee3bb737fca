import { createServer } from "node:http";
import { pino } from "pino";
import { connectDb } from "#lib/db/client.ts";
import { createGateway } from "#lib/gateway/listener.ts";
import type { Metering } from "#lib/gateway/metering.ts";
import { parseConfig } from "#lib/ops/config.ts";
import { announce } from "./announce.ts";

/**
 * The gateway with a metering that says yes to every admission and forgets every settlement at once, so that the price of metering can be seen.
 * Arguments: the upstream's base URL and a PostgreSQL for what is not metering.
 */
const [upstreamUrl = "", databaseUrl = ""] = process.argv.slice(2);

const metering: Metering = {
  admit: ({ limits }) =>
    Promise.resolve({
      ok: true,
      accountId: "acc_bench",
      keyId: "key_bench",
      plan: "paid",
      keepBodiesDays: null,
      rate: { limit: limits.paidRequestsPerMinute, remaining: limits.paidRequestsPerMinute, resetMs: 0 },
      quota: null,
    }),
  settle: () => Promise.resolve(null),
};

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
  db: connectDb(databaseUrl, { poolSize: 4 }),
  metering,
  config,
  log: pino({ level: "error" }),
});
const server = createServer(gateway.handle);
server.keepAliveTimeout = 65_000;
announce(server);
