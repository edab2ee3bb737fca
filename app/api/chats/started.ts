import type { StartedTurn } from "#lib/chat/store/turns.ts";

/** What a client learns of a turn that began. */
export function startedResponse(started: StartedTurn): Response {
  const { chat, userMessageId, assistantMessageId, generationId } = started;
  return Response.json({ chat, userMessageId, assistantMessageId, generationId }, { status: 201 });
}
