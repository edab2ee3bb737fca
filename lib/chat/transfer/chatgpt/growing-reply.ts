import type { MessageParts } from "../../message.ts";

/** A reply that is put together from several messages, and shared by the branches that fork within it. */
export interface GrowingReply {
  previous: GrowingReply | null;
  parts: MessageParts;
  /** Of it all. */
  count: number;
  sizeChars: number;
}

export function grown(previous: GrowingReply | null, parts: MessageParts): GrowingReply {
  return {
    previous,
    parts,
    count: (previous?.count ?? 0) + parts.length,
    sizeChars: (previous?.sizeChars ?? 0) + JSON.stringify(parts).length,
  };
}

/** The reply with its last thoughts timed: a "Thought for 12 s" came after them. Where none came before it, as it was. */
export function timed(
  reply: GrowingReply | null,
  times: { startedAt: number; endedAt: number },
): GrowingReply | null {
  const last = reply?.parts.at(-1);
  if (!reply || last?.type !== "reasoning") return reply;
  const part = { ...last, providerMetadata: { aigateway: times } };
  return grown(reply.previous, [...reply.parts.slice(0, -1), part]);
}

/** All parts in order. */
export function allParts(reply: GrowingReply): MessageParts {
  const pieces: MessageParts[] = [];
  for (let at: GrowingReply | null = reply; at; at = at.previous) pieces.push(at.parts);
  return pieces.reverse().flat();
}
