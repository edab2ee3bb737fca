import { keepImportedFile } from "#app/api/account/files.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import type { ImportEvent } from "#lib/chat/transfer/import-report.ts";
import { importFile } from "#lib/chat/transfer/run-import.ts";
import { getDb } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { getLog } from "#lib/ops/log.ts";
import { perProcess } from "#lib/ops/per-process.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { type ReceivedFile, receiveFile } from "./receive-file.ts";

const atOnce = 8;
const heldRunning = perProcess<Set<string>>("imports");

/** The accounts that import in this process now. */
function running(): Set<string> {
  const accounts = heldRunning.get() ?? new Set<string>();
  heldRunning.set(accounts);
  return accounts;
}

/**
 * Imports the file that is the body: a chat's or an account's export of ours, ChatGPT's, Claude's. Answers with a line of JSON for
 * each event; the report is the last.
 */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const name = new URL(request.url).searchParams.get("name")?.slice(0, 200) || "upload";
  const accounts = running();
  if (accounts.has(account.id) || accounts.size >= atOnce) {
    const why = accounts.has(account.id)
      ? "An import of yours is running already."
      : "Others are importing now.";
    throw new ApiError("rate_limited", `${why} Try again in a minute.`, { retryAfterS: 60 });
  }
  accounts.add(account.id);
  try {
    const received = await receiveFile(request);
    const events = importEvents(account.id, { name, received, signal: request.signal });
    const lines = asLines(events, async () => {
      accounts.delete(account.id);
      await received.discard();
    });
    return new Response(lines, {
      headers: {
        "content-type": "application/x-ndjson",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    accounts.delete(account.id);
    throw error;
  }
});

interface Upload {
  name: string;
  received: ReceivedFile;
  signal: AbortSignal;
}

async function* importEvents(
  accountId: string,
  { name, received, signal }: Upload,
): AsyncGenerator<ImportEvent> {
  const environment = { db: getDb(), log: getLog(), now: Date.now, keepFile: keepImportedFile };
  try {
    yield* importFile(environment, accountId, { name, handle: received.handle, signal });
  } catch (error) {
    if (signal.aborted) return;
    const requestId = newId("req");
    getLog().error({ err: error, requestId }, "an import failed");
    yield { type: "failed", requestId };
  }
}

/** Works only as fast as the lines are read. `end` runs once, also when nobody has read any. */
function asLines(events: AsyncGenerator<ImportEvent>, end: () => Promise<void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await events.next();
      if (!done) {
        controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
        return;
      }
      await end();
      controller.close();
    },
    async cancel() {
      await events.return(undefined);
      await end();
    },
  });
}
