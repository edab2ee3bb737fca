export interface BreakerOptions {
  /** Calls in a row that fail until the breaker opens. */
  failuresToOpen: number;
  /** How long an open breaker lets nothing through, and then at most one call in as long a time. */
  coolDownMs: number;
}

/** `half_open`: the cool-down is over, and a call may probe or is probing. */
export type BreakerState = "closed" | "open" | "half_open";

type Breaker = { kind: "closed"; failures: number } | { kind: "open"; untilMs: number; probing: boolean };

/** What one call tells the breaker that let it through. */
export interface Passage {
  /** The upstream began to answer: a probe that gets so far closes the breaker, until the next failure. */
  begun(): void;
  /** The upstream answered as it should, if only with a refusal: failures are no longer in a row. */
  completed(): void;
  /** Counts once, however often the call tried. */
  failed(): void;
  /** The call ended without showing anything. */
  left(): void;
}

export interface CircuitBreaker {
  /** Lets a call through, or gives null where the upstream is to be left alone. */
  enter(): Passage | null;
  /** Lets a call through whatever the state, without making it a probe. */
  enterAnyway(): Passage;
  state(): BreakerState;
  /** Until `enter` may let a call through; 0 when it would now. */
  waitMs(): number;
}

/**
 * Leaves an upstream alone after failures in a row, then lets single calls probe it. Failures of calls that began before it opened
 * change nothing any more; only a probe closes it. `now` is a clock in milliseconds that never goes back.
 */
export function createCircuitBreaker(options: BreakerOptions, now: () => number): CircuitBreaker {
  const { failuresToOpen, coolDownMs } = options;
  let breaker: Breaker = { kind: "closed", failures: 0 };
  let openings = 0;

  const waitMs = () => (breaker.kind === "closed" ? 0 : Math.max(0, breaker.untilMs - now()));
  const open = (untilMs: number, probing: boolean) => {
    if (breaker.kind === "closed") openings++;
    breaker = { kind: "open", untilMs, probing };
  };
  const close = (failures: number) => {
    breaker = { kind: "closed", failures };
  };

  function createPassage(isProbe: boolean): Passage {
    let hasFailed = false;
    const opened = openings;
    return {
      begun() {
        if (isProbe && breaker.kind === "open") close(failuresToOpen - 1);
      },
      completed() {
        if (breaker.kind === "closed" || isProbe) close(0);
      },
      failed() {
        if (hasFailed || opened !== openings) return;
        hasFailed = true;
        if (breaker.kind === "closed" && breaker.failures + 1 < failuresToOpen) close(breaker.failures + 1);
        else if (breaker.kind === "closed" || isProbe) open(now() + coolDownMs, false);
      },
      left() {
        if (isProbe && breaker.kind === "open" && breaker.probing) open(now(), false);
      },
    };
  }

  return {
    waitMs,
    enterAnyway: () => createPassage(false),
    state() {
      if (breaker.kind === "closed") return "closed";
      return breaker.probing || waitMs() === 0 ? "half_open" : "open";
    },
    enter() {
      if (breaker.kind === "closed") return createPassage(false);
      if (waitMs() > 0) return null;
      open(now() + coolDownMs, true);
      return createPassage(true);
    },
  };
}
