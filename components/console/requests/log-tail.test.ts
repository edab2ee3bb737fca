import { expect, test } from "vitest";
import type { LoggedRequest } from "#lib/usage/logged-request.ts";
import { type ArrivedRequests, beginTail, mostRows, showWaiting, takeIn } from "./log-tail.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();

function request(second: number, change: Partial<LoggedRequest> = {}): LoggedRequest {
  return {
    id: `req_${String(second).padStart(6, "0")}`,
    createdAt: at(second),
    account: null,
    keyId: null,
    source: "chat",
    model: "moonshot/kimi-k2.6",
    tag: "",
    status: "succeeded",
    errorCode: null,
    estimated: false,
    promptTokens: 1,
    cachedTokens: 0,
    completionTokens: 1,
    reasoningTokens: 0,
    costNanoUsd: "4950",
    timeToFirstTokenMs: 1,
    totalMs: 2,
    ...change,
  };
}

function arrived(requests: LoggedRequest[], change: Partial<ArrivedRequests> = {}): ArrivedRequests {
  const running = requests.filter(({ status }) => status === "reserved").map(({ id }) => id);
  return { requests, running, more: false, newest: requests[0]?.createdAt ?? null, ...change };
}

const seconds = (rows: readonly LoggedRequest[]) => rows.map(({ id }) => Number(id.slice(4)));

test("what comes stands on top, once, however often it is told", () => {
  const begun = beginTail([request(2), request(1)], at(0));
  const once = takeIn(begun, arrived([request(4), request(3)]), false);
  const twice = takeIn(once, arrived([request(4), request(3), request(2)]), false);
  expect(seconds(twice.rows)).toEqual([4, 3, 2, 1]);
  expect(twice.newest).toBe(at(4));
});

test("a running request is watched from the start and replaced where it stands when it ends", () => {
  const begun = beginTail([request(3), request(2, { status: "reserved" })], at(0));
  expect(begun.running).toEqual(["req_000002"]);
  const ended = takeIn(begun, arrived([request(2, { status: "failed" })]), false);
  expect(ended.rows.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
  expect(ended.running).toEqual([]);
});

test("what comes while the person reads further down waits, and is shown when asked for", () => {
  const held = takeIn(beginTail([request(1)], at(0)), arrived([request(3), request(2)]), true);
  expect(seconds(held.rows)).toEqual([1]);
  expect(seconds(held.waiting)).toEqual([3, 2]);
  const shown = showWaiting(held);
  expect(seconds(shown.rows)).toEqual([3, 2, 1]);
  expect(shown.waiting).toEqual([]);
});

test("after a flood the rows begin anew, without a gap between them", () => {
  const flooded = takeIn(
    beginTail([request(1)], at(0)),
    arrived([request(99), request(98)], { more: true }),
    false,
  );
  expect(seconds(flooded.rows)).toEqual([99, 98]);
  expect(flooded.cut).toBe(true);
  const held = takeIn(
    beginTail([request(1)], at(0)),
    arrived([request(99), request(98)], { more: true }),
    true,
  );
  expect(seconds(held.rows)).toEqual([1]);
  expect(seconds(showWaiting(held).rows)).toEqual([99, 98]);
});

test("no more rows are kept than the bound, the newest of them", () => {
  const many = Array.from({ length: mostRows }, (_, index) => request(mostRows - index));
  const state = takeIn(beginTail(many, at(0)), arrived([request(mostRows + 1)]), false);
  expect(state.rows).toHaveLength(mostRows);
  expect(state.rows[0]?.createdAt).toBe(at(mostRows + 1));
  expect(state.cut).toBe(true);
});

test("an empty log is followed from when the page was made", () => {
  expect(beginTail([], at(7)).newest).toBe(at(7));
});
