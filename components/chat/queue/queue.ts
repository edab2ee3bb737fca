import { type FilePart, parseFilePart } from "#lib/chat/attachments/file-part.ts";
import type { MessageMetadata } from "#lib/chat/message.ts";

export interface QueuedMessage {
  /** The ids that it is sent with, so that sending it twice sends it once. */
  id: string;
  replyId: string;
  text: string;
  files: readonly FilePart[];
}

/** Messages that wait to be sent, first one first. `after` is the reply whose good end sends the first. */
export interface Queue {
  items: readonly QueuedMessage[];
  after: string | null;
}

export const emptyQueue: Queue = { items: [], after: null };

export type QueueAct =
  | { type: "add"; message: QueuedMessage }
  | { type: "edit"; id: string; text: string }
  | { type: "remove"; id: string }
  /** Puts it before the one that stands before it, or before all. */
  | { type: "raise"; id: string; to: "before" | "first" }
  | { type: "follow"; replyId: string };

type Unread<Shape> = Partial<Record<keyof Shape, unknown>>;

/** Reads a stored queue; throws when it was not written by this program. By hand: the page of a new chat begins without zod. */
export function parseQueue(value: unknown): Queue {
  const { items, after }: Unread<Queue> = Object(value);
  if (!Array.isArray(items) || !(after === null || typeof after === "string")) throw notOurs();
  return { items: items.map(parseQueued), after };
}

function parseQueued(value: unknown): QueuedMessage {
  const { id, replyId, text, files }: Unread<QueuedMessage> = Object(value);
  const named = typeof id === "string" && typeof replyId === "string" && typeof text === "string";
  if (!named || !Array.isArray(files)) throw notOurs();
  return { id, replyId, text, files: files.map(parseFilePart) };
}

function notOurs(): TypeError {
  return new TypeError("This is not a queue of messages.");
}

/** The queue after an act; the same queue when nothing changes. */
export function reduceQueue(queue: Queue, act: QueueAct): Queue {
  const { items } = queue;
  switch (act.type) {
    case "add":
      return items.some(({ id }) => id === act.message.id)
        ? queue
        : { ...queue, items: [...items, act.message] };
    case "edit":
      return {
        ...queue,
        items: items.map((item) => (item.id === act.id ? { ...item, text: act.text } : item)),
      };
    case "remove":
      return items.some(({ id }) => id === act.id)
        ? { ...queue, items: items.filter(({ id }) => id !== act.id) }
        : queue;
    case "raise":
      return { ...queue, items: raised(items, act.id, act.to) };
    case "follow":
      return queue.after === act.replyId ? queue : { ...queue, after: act.replyId };
  }
}

function raised(items: readonly QueuedMessage[], id: string, to: "before" | "first") {
  const from = items.findIndex((item) => item.id === id);
  const item = items[from];
  if (!item || from === 0) return items;
  const others = items.toSpliced(from, 1);
  return others.toSpliced(to === "first" ? 0 : from - 1, 0, item);
}

export interface QueueFacts {
  /** The chat is read and nothing is being written or was refused. */
  idle: boolean;
  /** The last message that is shown. */
  last: { id: string; metadata: MessageMetadata } | null;
}

/** The message to send now: the first, once the reply it waits for has ended well. */
export function nextToSend({ items, after }: Queue, { idle, last }: QueueFacts): QueuedMessage | null {
  if (!idle || last === null || last.id !== after || !endedWell(last.metadata)) return null;
  return items[0] ?? null;
}

/** Stopped, failed, cut and waiting replies want the person first. */
function endedWell({ status, finishReason }: MessageMetadata): boolean {
  return status === "completed" && finishReason !== "length" && finishReason !== "tool-calls";
}
