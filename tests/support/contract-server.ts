import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { openTestDb, postgresUrl } from "./databases.ts";
import { createTestCaller } from "./gateway.ts";
import { startServer } from "./server.ts";

export interface ContractServer {
  /** As the SDKs want it, ending in /v1. */
  baseUrl: string;
  apiKey: string;
  /** The account's metered requests, oldest first. */
  listMetered(): Promise<MeteredRequest[]>;
  stop(): Promise<void>;
}

/** The real program serving the offline model, with an account and key of its own. */
export async function startContractServer(): Promise<ContractServer> {
  const db = openTestDb(postgresUrl());
  const { accountId, apiKey } = await createTestCaller(db);
  const server = await startServer({
    role: "gateway",
    databaseUrl: postgresUrl(),
    env: { LOG_LEVEL: "warn" },
  });
  return {
    baseUrl: `${server.url}/v1`,
    apiKey,
    async listMetered() {
      const rows = await db.request.findMany({
        where: { accountId },
        orderBy: { id: "asc" },
        select: { id: true },
      });
      const requests = await Promise.all(rows.map(({ id }) => getRequest(db, accountId, id)));
      return requests.flatMap((request) => request ?? []);
    },
    async stop() {
      await server.stop();
      await db.$disconnect();
    },
  };
}
