"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ChatMessage } from "../chat-message.ts";
import type { ChatState } from "../chat-state.ts";
import type { ChatStore } from "../chat-store.ts";
import { newId } from "../new-id.ts";
import type { MessageContent } from "../start.ts";
import {
  emptyQueue,
  nextToSend,
  type Queue,
  type QueueAct,
  type QueuedMessage,
  reduceQueue,
} from "./queue.ts";
import { onQueueChanged, readQueue, writeQueue } from "./queue-storage.ts";

export interface MessageQueue {
  /** What waits, without what is being sent. */
  items: readonly QueuedMessage[];
  add(content: MessageContent): void;
  edit(id: string, text: string): void;
  remove(id: string): void;
  moveUp(id: string): void;
  /** Sends a message now: a reply that is being written is stopped for it. */
  sendNow(id: string): void;
}

/** The messages that wait in a chat: kept in the browser, sent one after the other as replies end well. */
export function useQueue(store: ChatStore, state: ChatState): MessageQueue {
  const { chatId } = store;
  const [queue, act] = useStoredQueue(chatId);
  const urgent = useRef<string | null>(null);
  const sending = useRef(false);
  const { running, failedStart, phase, messages, leafId } = state;
  const idle = running === null && failedStart === null && (phase === "ready" || phase === "new");
  const waits = queue.items.length > 0;

  const send = useCallback(
    async (item: QueuedMessage) => {
      if (sending.current) return;
      sending.current = true;
      urgent.current = null;
      const { id, replyId, text, files } = item;
      const taken = await store.send({ text, files }, undefined, { id, replyId });
      if (taken) act({ type: "remove", id });
      sending.current = false;
    },
    [store, act],
  );

  useEffect(() => {
    if (running && waits) act({ type: "follow", replyId: running.messageId });
  }, [running, waits, act]);

  useEffect(() => {
    if (!idle || !waits) return;
    const arrived = queue.items.find((item) => messages.some(({ id }) => id === item.id));
    if (arrived) return act({ type: "remove", id: arrived.id });
    const wanted = queue.items.find(({ id }) => id === urgent.current);
    const last = messages.find(({ id }) => id === leafId) ?? null;
    const next = wanted ?? nextToSend(queue, { idle, last });
    if (next) void send(next);
  }, [idle, waits, queue, messages, leafId, act, send]);

  return {
    items: queue.items.filter((item) => !isShown(messages, item)),
    add: ({ text, files }) =>
      act({
        type: "add",
        message: { id: newId("msg"), replyId: newId("msg"), text, files },
      }),
    edit: (id, text) => act({ type: "edit", id, text }),
    remove: (id) => act({ type: "remove", id }),
    moveUp: (id) => act({ type: "raise", id, to: "before" }),
    sendNow(id) {
      urgent.current = id;
      act({ type: "raise", id, to: "first" });
      const item = queue.items.find((candidate) => candidate.id === id);
      if (running) void store.stop();
      else if (idle && item) void send(item);
    },
  };
}

function isShown(messages: readonly ChatMessage[], item: QueuedMessage): boolean {
  return messages.some(({ id }) => id === item.id);
}

function useStoredQueue(chatId: string): [Queue, (act: QueueAct) => void] {
  const [queue, setQueue] = useState(emptyQueue);
  useEffect(() => {
    setQueue(readQueue(chatId));
    return onQueueChanged(chatId, () => setQueue(readQueue(chatId)));
  }, [chatId]);
  const act = useCallback(
    (next: QueueAct) =>
      setQueue((before) => {
        const after = reduceQueue(before, next);
        if (after !== before) writeQueue(chatId, after);
        return after;
      }),
    [chatId],
  );
  return [queue, act];
}
