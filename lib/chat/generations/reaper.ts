import { listRequestsByIds } from "#lib/usage/store/requests.ts";
import { sweepFiles } from "../attachments/sweep.ts";
import type { MessageMetadata } from "../message.ts";
import { type Abandoned, addReceipt, listAbandoned, listUnreceipted, purgeLogs } from "../store/abandoned.ts";
import { purgeDeletedFolders } from "../store/folders.ts";
import { endGeneration, listEvents, type Writer } from "../store/generations.ts";
import { purgeDeletedChats, purgeTemporaryChats } from "../store/purge-chats.ts";
import { asksPerson } from "../waiting.ts";
import { closingChunks } from "./chunks.ts";
import type { ChatEnvironment } from "./environment.ts";
import { toReceipt } from "./receipt.ts";
import { reduceParts } from "./reduce.ts";

const sweepEveryMs = 5_000;
const purgeEveryMs = 5 * 60_000;
const silentForMs = 20_000;
const departedForMs = 5_000;
const batchSize = 100;
const logKeptMs = 60 * 60_000;
const receiptAwaitedMs = 60 * 60_000;
const deletedKeptMs = 30 * 24 * 60 * 60_000;

type ReaperEnvironment = Pick<ChatEnvironment, "db" | "log" | "now" | "blobs">;

/** Sweeps now and then every few seconds until stopped; `stop` waits for a sweep under way. */
export function startReaper(
  environment: ReaperEnvironment,
  options: { soleProcessId: string | null },
): { stop(): Promise<void> } {
  let purgedAt = 0;
  let soleProcessId = options.soleProcessId;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    try {
      await reapAbandoned(environment, { soleProcessId });
      soleProcessId = null;
      await addLateReceipts(environment);
      if (environment.now() - purgedAt >= purgeEveryMs) {
        purgedAt = environment.now();
        await purge(environment);
      }
    } catch (error) {
      environment.log.error({ err: error }, "a sweep of the chat failed");
    }
    if (!stopped) timer = setTimeout(start, sweepEveryMs).unref();
  }

  function start(): void {
    sweeping = sweep();
  }

  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/** Concludes generations without a sign of life as `interrupted`, each once whoever else sweeps; gives how many. */
export async function reapAbandoned(
  environment: ReaperEnvironment,
  options: { soleProcessId: string | null; silentForMs?: number },
): Promise<number> {
  const { db, log } = environment;
  const silent = options.silentForMs ?? silentForMs;
  const departed = Math.min(departedForMs, silent);
  const found = await listAbandoned(db, {
    silentForMs: silent,
    departedForMs: departed,
    soleProcessId: options.soleProcessId,
    limit: batchSize,
  });
  let concluded = 0;
  for (const abandoned of found) {
    const writer = { silentForMs: options.soleProcessId === null ? departed : 0 };
    try {
      if (await conclude(environment, abandoned, writer)) concluded += 1;
    } catch (error) {
      log.error({ err: error, generationId: abandoned.id }, "an abandoned generation could not be concluded");
    }
  }
  if (concluded > 0) log.info({ generations: concluded }, "concluded generations of processes that are gone");
  return concluded;
}

async function conclude(
  environment: ReaperEnvironment,
  abandoned: Abandoned,
  writer: Writer,
): Promise<boolean> {
  const { db, now } = environment;
  const { id, message } = abandoned;
  const kept = message.parts.slice(0, message.metadata.keptParts ?? 0);
  const logged = await listEvents(db, id, 0, Number.MAX_SAFE_INTEGER);
  const chunks = logged.map(({ chunk }) => chunk);
  const closing = closingChunks(kept, chunks, { endedAt: now(), keepAsking: true });
  const parts = await reduceParts(message.id, kept, [...chunks, ...closing]);
  const requestIds = [...new Set([...(message.metadata.requestIds ?? []), ...abandoned.requestIds])];
  const requests = await listRequestsByIds(db, abandoned.accountId, requestIds);
  const { startedAt, provider } = message.metadata;
  const metadata: MessageMetadata = {
    status: asksPerson(parts) ? "waiting" : "interrupted",
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(provider === undefined ? {} : { provider }),
    endedAt: now(),
    requestIds,
    ...toReceipt(requests),
  };
  return endGeneration(db, id, writer, {
    status: "interrupted",
    chunks: [...closing, { type: "finish", messageMetadata: metadata }],
    parts,
    metadata,
    requestIds: abandoned.requestIds,
  });
}

/** Adds receipts to replies whose requests were settled only after they had ended. */
export async function addLateReceipts({ db, now }: ReaperEnvironment): Promise<void> {
  const since = new Date(now() - receiptAwaitedMs);
  for (const reply of await listUnreceipted(db, since, batchSize)) {
    const receipt = toReceipt(await listRequestsByIds(db, reply.accountId, reply.requestIds));
    if (receipt) await addReceipt(db, reply.messageId, receipt);
  }
}

async function purge(environment: ReaperEnvironment): Promise<void> {
  const { db, now } = environment;
  await purgeLogs(db, new Date(now() - logKeptMs));
  await purgeDeletedChats(db, new Date(now() - deletedKeptMs), batchSize);
  await purgeDeletedFolders(db, new Date(now() - deletedKeptMs));
  await purgeTemporaryChats(db, new Date(now()), batchSize);
  await sweepFiles(environment, batchSize);
}
