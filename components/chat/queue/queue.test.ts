import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyQueue, nextToSend, parseQueue, type Queue, type QueueAct, reduceQueue } from "./queue.ts";

const item = (id: string) => ({ id, replyId: `reply to ${id}`, text: `text of ${id}`, files: [] });
const queueOf = (...ids: string[]): Queue => ({ items: ids.map(item), after: "a1" });
const ids = (queue: Queue) => queue.items.map(({ id }) => id);

describe("the queue", () => {
  test("keeps the order in which messages came, and a message once", () => {
    const queue = reduceQueue(queueOf("1", "2"), { type: "add", message: item("3") });
    expect(ids(queue)).toEqual(["1", "2", "3"]);
    expect(reduceQueue(queue, { type: "add", message: item("2") })).toBe(queue);
  });

  test("raises a message by one place or to the front", () => {
    expect(ids(reduceQueue(queueOf("1", "2", "3"), { type: "raise", id: "3", to: "before" }))).toEqual([
      "1",
      "3",
      "2",
    ]);
    expect(ids(reduceQueue(queueOf("1", "2", "3"), { type: "raise", id: "3", to: "first" }))).toEqual([
      "3",
      "1",
      "2",
    ]);
    expect(ids(reduceQueue(queueOf("1", "2"), { type: "raise", id: "1", to: "before" }))).toEqual(["1", "2"]);
  });

  test("whatever is done, no message is doubled, none is lost but by removing it, and all of it can be stored", () => {
    const id = fc.constantFrom("1", "2", "3", "4");
    const act: fc.Arbitrary<QueueAct> = fc.oneof(
      id.map((name): QueueAct => ({ type: "add", message: item(name) })),
      fc.record({ type: fc.constant("edit" as const), id, text: fc.string() }),
      fc.record({ type: fc.constant("remove" as const), id }),
      fc.record({ type: fc.constant("raise" as const), id, to: fc.constantFrom("before", "first") }),
      fc.record({ type: fc.constant("follow" as const), replyId: fc.string() }),
    );
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        let queue = emptyQueue;
        const expected = new Set<string>();
        for (const next of acts) {
          queue = reduceQueue(queue, next);
          if (next.type === "add") expected.add(next.message.id);
          if (next.type === "remove") expected.delete(next.id);
          expect(new Set(ids(queue))).toEqual(expected);
          expect(queue.items).toHaveLength(expected.size);
        }
        expect(parseQueue(JSON.parse(JSON.stringify(queue)))).toEqual(queue);
      }),
    );
  });
});

describe("what is sent", () => {
  const last = (
    status: "completed" | "stopped" | "failed" | "interrupted" | "waiting",
    finishReason = "stop",
  ) => ({
    id: "a1",
    metadata: { status, finishReason },
  });

  test("is the first message, once the reply it waited for has ended well", () => {
    expect(nextToSend(queueOf("1", "2"), { idle: true, last: last("completed") })?.id).toBe("1");
    expect(nextToSend(queueOf("1"), { idle: false, last: last("completed") })).toBeNull();
    expect(nextToSend(emptyQueue, { idle: true, last: last("completed") })).toBeNull();
  });

  test("is nothing after a reply that was stopped, failed, was cut or waits for the person", () => {
    for (const status of ["stopped", "failed", "interrupted", "waiting"] as const) {
      expect(nextToSend(queueOf("1"), { idle: true, last: last(status) })).toBeNull();
    }
    for (const reason of ["length", "tool-calls"]) {
      expect(nextToSend(queueOf("1"), { idle: true, last: last("completed", reason) })).toBeNull();
    }
  });

  test("is nothing after another reply than the one it waited for", () => {
    const other = { ...last("completed"), id: "a2" };
    expect(nextToSend(queueOf("1"), { idle: true, last: other })).toBeNull();
    expect(nextToSend(queueOf("1"), { idle: true, last: null })).toBeNull();
  });
});
