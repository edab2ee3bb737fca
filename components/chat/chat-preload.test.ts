import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { ChatPreload } from "./chat-preload.ts";
import type { ChatDetail } from "./chat-schemas.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function detail(id: string): ChatDetail {
  const chat = { id, title: id, options: defaultChatOptions };
  return { chat, messages: [], activeLeafId: null, running: null, partial: true };
}

function preload() {
  const read: string[] = [];
  const ahead = new ChatPreload(async (chatId) => {
    read.push(chatId);
    return detail(chatId);
  });
  return { ahead, read };
}

test("what was read ahead is there at once, and is not read again", async () => {
  const { ahead, read } = preload();
  ahead.begin("a");
  ahead.begin("a");
  expect(ahead.get("a")).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(ahead.get("a")).toEqual(detail("a"));
  expect(ahead.get("b")).toBeNull();
  expect(await ahead.take("a")).toEqual(detail("a"));
  expect(read).toEqual(["a"]);
});

test("what is no longer fresh, or was not read ahead, is read when it is taken", async () => {
  const { ahead, read } = preload();
  ahead.begin("a");
  await vi.advanceTimersByTimeAsync(6_000);
  expect(ahead.get("a")).toBeNull();
  await ahead.take("a");
  await ahead.take("b");
  expect(read).toEqual(["a", "a", "b"]);
});

test("a failure ahead is nobody's, the next reading tells", async () => {
  let fails = true;
  const ahead = new ChatPreload(async (chatId) => {
    if (fails) throw new Error("unreachable");
    return detail(chatId);
  });
  ahead.begin("a");
  await vi.advanceTimersByTimeAsync(1);
  fails = false;
  expect(await ahead.take("a")).toEqual(detail("a"));
});
