import { resolve } from "node:path";
import { connectDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrations.ts";
import { createKey } from "#lib/keys/store.ts";
import { newId } from "#lib/ops/ids.ts";
import { startPostgres } from "#tests/support/postgres.ts";
import { serverFlags } from "../../scripts/server-flags.mjs";
import { type Child, type ChildOptions, startChild } from "./child.ts";
import { type Client, createClient } from "./load.ts";
import { installPortkey, portkeyHeaders } from "./portkey.ts";

export const armNames = ["direct", "pipe", "portkey", "metered", "unmetered"] as const;
export type ArmName = (typeof armNames)[number];

export interface Arm {
  name: ArmName;
  url: string;
  client: Client;
  /** The process under test; null for the direct way. */
  pid: number | null;
}

export interface Arms {
  list: Arm[];
  /** The PostgreSQL that meters. */
  databasePid: number;
  databaseUrl: string;
  /** Headers of callers with keys of ours. */
  callers: Record<string, string>[];
  stop(): Promise<void>;
}

const gatewayCore = 0;
export const loadCore = 1;
const portkeyPort = 18_787;

const file = (name: string) => resolve(import.meta.dirname, name);

/** Keys of as many accounts. Calls of one key are admitted one after the other, since its limits are exact. */
async function makeKeysIn(databaseUrl: string, count: number): Promise<string[]> {
  const db = connectDb(databaseUrl, { poolSize: 1 });
  const keys: string[] = [];
  try {
    while (keys.length < count) {
      const id = newId("acc");
      const email = `${id}@example.com`;
      await db.account.create({ data: { id, email, emailKey: email, passwordHash: "none", plan: "paid" } });
      keys.push((await createKey(db, id, { name: "benchmark" })).secret);
    }
    return keys;
  } finally {
    await db.$disconnect();
  }
}

function gatewayProgram({ databaseUrl, nodeOptions }: Ways, upstreamUrl: string): ChildOptions {
  return {
    file: file("../../server.ts"),
    core: gatewayCore,
    nodeOptions,
    environment: {
      PORT: "0",
      ROLE: "gateway",
      DATABASE_URL: databaseUrl,
      UPSTREAM_BASE_URL: upstreamUrl,
      UPSTREAM_API_KEY: "bench",
      UPSTREAM_MODEL: "kimi-k2.6",
      AUTH_SECRET: "a secret for the benchmark of thirty-two characters",
      PAID_REQUESTS_PER_MINUTE: "2000000000",
      LOG_LEVEL: "warn",
    },
  };
}

/** Starts the mock upstream and every way to it, each a process of its own. `profileInto` has ours write CPU profiles to a folder. */
export async function startArms(options: { keys: number; profileInto: string | null }): Promise<Arms> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.toReversed()) await end();
  };
  try {
    const portkeyProgram = installPortkey();
    const postgres = await startPostgres({ durable: true });
    stops.push(postgres.stop);
    await migrate(postgres.url);
    const start = async (child: ChildOptions): Promise<Child> => {
      const started = await startChild(child);
      stops.push(started.stop);
      return started;
    };
    const keys = await makeKeysIn(postgres.url, options.keys);
    const callers = keys.map((key) => ({ authorization: `Bearer ${key}` }));
    const list = await startEach(start, {
      portkeyProgram,
      databaseUrl: postgres.url,
      callers,
      nodeOptions: [
        ...serverFlags,
        ...(options.profileInto === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profileInto}`]),
      ],
    });
    stops.push(...list.map(({ client }) => client.close));
    return { list, databasePid: postgres.pid, databaseUrl: postgres.url, callers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Ways {
  portkeyProgram: string;
  databaseUrl: string;
  callers: Record<string, string>[];
  nodeOptions: string[];
}

async function startEach(start: (child: ChildOptions) => Promise<Child>, ways: Ways): Promise<Arm[]> {
  const mock = await start({ file: file("mock-upstream.ts"), core: loadCore });
  const upstreamUrl = `${mock.url}/v1`;
  const pipe = await start({ file: file("bare-pipe.ts"), arguments: [mock.url], core: gatewayCore });
  const portkey = await start({
    file: ways.portkeyProgram,
    arguments: ["--headless", `--port=${portkeyPort}`],
    url: `http://127.0.0.1:${portkeyPort}`,
    core: gatewayCore,
  });
  const metered = await start(gatewayProgram(ways, upstreamUrl));
  const unmetered = await start({
    file: file("unmetered-gateway.ts"),
    arguments: [upstreamUrl, ways.databaseUrl],
    nodeOptions: ways.nodeOptions,
    core: gatewayCore,
  });
  const arm = (name: ArmName, { url, pid }: Child, headers: Record<string, string>[]): Arm => ({
    name,
    url,
    client: createClient({ origin: url, headers }),
    pid,
  });
  return [
    { ...arm("direct", mock, [{}]), pid: null },
    arm("pipe", pipe, [{}]),
    arm("portkey", portkey, [{ authorization: "Bearer bench", ...portkeyHeaders(upstreamUrl) }]),
    arm("metered", metered, ways.callers),
    arm("unmetered", unmetered, ways.callers),
  ];
}
