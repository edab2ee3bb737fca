import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CircuitBreaker, createCircuitBreaker, type Passage } from "./circuit-breaker.ts";

function breakerAt(startMs = 0) {
  let nowMs = startMs;
  const breaker = createCircuitBreaker({ failuresToOpen: 3, coolDownMs: 1_000 }, () => nowMs);
  const enter = (): Passage => {
    const passage = breaker.enter();
    if (!passage) throw new Error("The breaker let nothing through.");
    return passage;
  };
  const fail = (times: number) => {
    for (let at = 0; at < times; at++) enter().failed();
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { breaker, enter, fail, pass };
}

describe("a circuit breaker", () => {
  test("opens after failures in a row and says how long it stays so", () => {
    const { breaker, fail, pass } = breakerAt();
    fail(2);
    expect(breaker.state()).toBe("closed");
    fail(1);
    expect(breaker.state()).toBe("open");
    expect(breaker.enter()).toBeNull();
    pass(400);
    expect(breaker.waitMs()).toBe(600);
  });

  test("a completed call starts the count anew, one that only began does not", () => {
    const { breaker, enter, fail } = breakerAt();
    fail(2);
    enter().completed();
    fail(2);
    expect(breaker.state()).toBe("closed");
    enter().begun();
    fail(1);
    expect(breaker.state()).toBe("open");
  });

  test("counts a call once, however often it tried", () => {
    const { breaker, enter } = breakerAt();
    const passage = enter();
    for (let at = 0; at < 5; at++) passage.failed();
    expect(breaker.state()).toBe("closed");
  });

  test("after the cool-down lets exactly one call probe, and closes when it begins to be answered", () => {
    const { breaker, enter, fail, pass } = breakerAt();
    fail(3);
    pass(1_000);
    expect(breaker.state()).toBe("half_open");
    const probe = enter();
    expect(breaker.enter()).toBeNull();
    expect(breaker.state()).toBe("half_open");
    probe.begun();
    expect(breaker.state()).toBe("closed");
    probe.completed();
    fail(2);
    expect(breaker.state()).toBe("closed");
  });

  test("a probe that begins to be answered and then fails opens it at once", () => {
    const { breaker, enter, fail, pass } = breakerAt();
    fail(3);
    pass(1_000);
    const probe = enter();
    probe.begun();
    expect(breaker.state()).toBe("closed");
    probe.failed();
    expect(breaker.state()).toBe("open");
    expect(breaker.waitMs()).toBe(1_000);
  });

  test("a call let through anyway neither closes it nor holds it open", () => {
    const { breaker, fail, pass } = breakerAt();
    fail(3);
    pass(400);
    const [one, other] = [breaker.enterAnyway(), breaker.enterAnyway()];
    one.failed();
    other.begun();
    other.completed();
    expect(breaker.state()).toBe("open");
    expect(breaker.waitMs()).toBe(600);
  });

  test("a probe that fails opens it for as long again", () => {
    const { breaker, enter, fail, pass } = breakerAt();
    fail(3);
    pass(1_000);
    enter().failed();
    expect(breaker.state()).toBe("open");
    expect(breaker.waitMs()).toBe(1_000);
  });

  test("a probe that shows nothing makes room for another, at once when it left, else after the cool-down", () => {
    const { breaker, enter, fail, pass } = breakerAt();
    fail(3);
    pass(1_000);
    enter().left();
    enter();
    expect(breaker.enter()).toBeNull();
    pass(1_000);
    expect(breaker.enter()).not.toBeNull();
  });

  test("calls from before it opened neither close it nor hold it open", () => {
    const { breaker, enter, fail, pass } = breakerAt();
    const [late, later] = [enter(), enter()];
    fail(3);
    pass(900);
    late.failed();
    expect(breaker.waitMs()).toBe(100);
    later.begun();
    later.completed();
    expect(breaker.state()).toBe("open");
    pass(100);
    const last = enter();
    last.begun();
    later.failed();
    expect(breaker.state()).toBe("closed");
  });

  test("whatever happens, an open breaker lets at most one call through in a cool-down", () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constantFrom(...(["begun", "completed", "failed", "left"] as const)),
        at: fc.nat(9),
      }),
      fc.record({ kind: fc.constantFrom(...(["enter", "pass"] as const)), at: fc.nat(1_500) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { breaker, pass } = breakerAt();
        const passages: Passage[] = [];
        for (const { kind, at } of steps) {
          if (kind === "pass") pass(at);
          else if (kind === "enter") passages.push(...enterAsItSays(breaker));
          else passages[at]?.[kind]();
          expect(breaker.waitMs()).toBeGreaterThanOrEqual(0);
          expect(breaker.waitMs()).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });
});

/** Tries to enter, checking that the state foretold whether it may. */
function enterAsItSays(breaker: CircuitBreaker): Passage[] {
  const [before, waitMs] = [breaker.state(), breaker.waitMs()];
  const passage = breaker.enter();
  expect(passage !== null).toBe(waitMs === 0);
  if (before === "closed") expect(passage).not.toBeNull();
  if (before === "open") expect(passage).toBeNull();
  if (passage && before !== "closed") expect(breaker.waitMs()).toBe(1_000);
  return passage ? [passage] : [];
}
