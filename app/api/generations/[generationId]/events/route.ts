import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { watchGeneration } from "#lib/chat/generations/watch.ts";
import { getDb } from "#lib/db/client.ts";
import { toEventStream } from "./event-stream.ts";

/** The log of a generation as server-sent events: what is there after a position, then what comes, to its end. */
export const GET = handle<{ params: Promise<{ generationId: string }> }>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { generationId } = await params;
  const given = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  const after = Number(given ?? 0);
  const left = new AbortController();
  const events = await watchGeneration(
    getDb(),
    account.id,
    generationId,
    Number.isSafeInteger(after) ? after : 0,
    AbortSignal.any([request.signal, left.signal]),
  );
  return new Response(toEventStream(required(events), left), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
