import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localBlobs } from "#lib/chat/attachments/local-blobs.ts";
import type { ChatEnvironment } from "#lib/chat/generations/environment.ts";
import { reduceParts } from "#lib/chat/generations/reduce.ts";
import { type WatchEvent, watchGeneration } from "#lib/chat/generations/watch.ts";
import type { StoredMessage } from "#lib/chat/message.ts";
import { getChat } from "#lib/chat/store/chats.ts";
import { createGuardedFetch, fetchGuard } from "#lib/chat/tools/guarded-fetch.ts";
import { runJobInThread } from "#lib/chat/tools/threads.ts";
import type { Db } from "#lib/db/client.ts";

/** An id as the browser makes it. */
export function clientId(prefix: "chat" | "msg"): string {
  return `${prefix}_${randomBytes(16).toString("hex")}`;
}

/** The environment of a process of its own, on a database and a gateway of the test's. */
export function testEnvironment(db: Db, gatewayUrl: string): ChatEnvironment {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    db,
    gatewayUrl,
    authSecret: "a secret of thirty-two characters",
    processId: `proc_${randomBytes(16).toString("hex")}`,
    log: silent,
    fetch,
    now: Date.now,
    toolHost: {
      log: silent,
      now: Date.now,
      runJob: runJobInThread,
      fetch: createGuardedFetch(fetchGuard({ allowPrivate: true })),
      search: null,
    },
    blobs: localBlobs(join(tmpdir(), "aig-test-files")),
  };
}

/** Everything a watcher sees after a position, to the end or until `until` says so. */
export async function watchAll(
  db: Db,
  accountId: string,
  generationId: string,
  options: { after?: number; until?: (event: WatchEvent) => boolean } = {},
): Promise<WatchEvent[]> {
  const left = new AbortController();
  const events = await watchGeneration(db, accountId, generationId, options.after ?? 0, left.signal);
  if (!events) throw new Error("There is no such generation.");
  const seen: WatchEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (options.until?.(event)) break;
  }
  left.abort();
  return seen;
}

/** The parts that watched events give on top of those that were there before. */
export function partsOf(events: readonly WatchEvent[], kept: StoredMessage["parts"] = []) {
  const chunks = events.flatMap((event) => (event.kind === "chunk" ? [event.chunk] : []));
  const start = chunks.find((chunk) => chunk.type === "start");
  return reduceParts(start?.messageId ?? "watched", kept, chunks);
}

/** A message of a chat as it is stored now. */
export async function readMessage(
  db: Db,
  accountId: string,
  chatId: string,
  messageId: string,
): Promise<StoredMessage> {
  const chat = await getChat(db, accountId, chatId);
  const message = chat?.messages.find((candidate) => candidate.id === messageId);
  if (!message) throw new Error(`There is no message ${messageId}.`);
  return message;
}

/** The text of a message, or its thinking. */
export function textOf(message: Pick<StoredMessage, "parts">, type: "text" | "reasoning" = "text"): string {
  return message.parts.flatMap((part) => (part.type === type && "text" in part ? [part.text] : [])).join("|");
}
