import { emptyQueue, parseQueue, type Queue } from "./queue.ts";

const keyOf = (chatId: string) => `queue:${chatId}`;

/** What waits to be sent in a chat, as this browser keeps it; empty where it keeps nothing. */
export function readQueue(chatId: string): Queue {
  try {
    const stored = localStorage.getItem(keyOf(chatId));
    return stored === null ? emptyQueue : parseQueue(JSON.parse(stored));
  } catch {
    // Storage is blocked, or holds what this program did not write.
    return emptyQueue;
  }
}

/** Gives false where the browser blocks storage or has no room: the queue then lives as long as the page. */
export function writeQueue(chatId: string, queue: Queue): boolean {
  try {
    if (queue.items.length === 0) localStorage.removeItem(keyOf(chatId));
    else localStorage.setItem(keyOf(chatId), JSON.stringify(queue));
    return true;
  } catch {
    return false;
  }
}

/** Tells when another page of this browser has changed the queue of a chat; gives what ends it. */
export function onQueueChanged(chatId: string, listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === keyOf(chatId) || event.key === null) listener();
  };
  window.addEventListener("storage", onStorage);
  return () => window.removeEventListener("storage", onStorage);
}
