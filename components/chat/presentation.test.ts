import { expect, test } from "vitest";
import { groupParts } from "./group-parts.ts";
import { newId } from "./new-id.ts";
import { groupByDate } from "./sidebar/date-groups.ts";
import { lastPhrase, thinkingTime } from "./thinking-time.ts";

test("thinking time runs from the first part's start to the last part's end, by the server's stamps", () => {
  const part = (aigateway: Record<string, number>) => ({
    type: "reasoning" as const,
    text: "",
    providerMetadata: { aigateway },
  });
  expect(thinkingTime([part({ startedAt: 5, endedAt: 7 }), part({ startedAt: 8, endedAt: 20 })])).toEqual({
    startedAtMs: 5,
    endedAtMs: 20,
  });
  expect(thinkingTime([{ type: "reasoning", text: "" }])).toEqual({ startedAtMs: null, endedAtMs: null });
});

test("the live line shows the newest phrase without Markdown signs", () => {
  expect(lastPhrase("First one. Then **another** thought")).toBe("Then another thought");
  expect(lastPhrase("a line\n- `last` line\n")).toBe("- last line");
});

test("neighbouring thoughts are one trace, and tools keep their place between traces", () => {
  const groups = groupParts([
    { type: "step-start" },
    { type: "reasoning", text: "a" },
    { type: "reasoning", text: "b" },
    { type: "dynamic-tool", toolName: "clock", toolCallId: "call_1", state: "input-available", input: {} },
    { type: "reasoning", text: "c" },
    { type: "text", text: "  " },
    { type: "text", text: "answer" },
  ]);
  expect(groups.map((group) => group.kind)).toEqual(["thinking", "tools", "thinking", "text"]);
});

test("chats are grouped by the viewer's calendar days", () => {
  const now = new Date(2026, 10, 22, 0, 30);
  const at = (...date: [number, number, number, number, number]) => ({
    lastMessageAt: new Date(...date).toISOString(),
  });
  const chats = [
    at(2026, 10, 22, 0, 10),
    at(2026, 10, 21, 23, 59),
    at(2026, 10, 16, 12, 0),
    at(2026, 9, 30, 12, 0),
    at(2026, 8, 1, 12, 0),
  ];
  expect(groupByDate(chats, now).map((group) => group.when)).toEqual([
    "today",
    "yesterday",
    "week",
    "month",
    new Date(2026, 8, 1),
  ]);
});

test("ids made here have the form the server accepts and sort by time", () => {
  expect(newId("msg")).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(newId("chat", 1_000) < newId("chat", 2_000)).toBe(true);
});
