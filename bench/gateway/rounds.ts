import { requestBody, streamEvents } from "./answers.ts";
import type { Arm, ArmName, Arms } from "./arms.ts";
import { type Load, loadFor } from "./load.ts";
import { cpuSeconds, cpuSecondsOfFamily } from "./process-usage.ts";
import { quantile, shuffled } from "./statistics.ts";

export interface Scenario {
  name: string;
  stream: boolean;
  /** Between two events; 0 for as fast as they go. */
  paceMs: number;
  concurrency: number;
}

const json = (concurrency: number): Scenario => ({
  name: `JSON, ${concurrency} at a time`,
  stream: false,
  paceMs: 0,
  concurrency,
});

const streams = (concurrency: number, paceMs = 0): Scenario => ({
  name: `streams${paceMs > 0 ? ` of an event every ${paceMs} ms` : ""}, ${concurrency} at a time`,
  stream: true,
  paceMs,
  concurrency,
});

export const scenarios: readonly Scenario[] = [
  ...[1, 10, 50].map(json),
  ...[1, 10, 50, 200].map((concurrency) => streams(concurrency)),
  streams(10, 10),
];

/** What one arm did in one scenario of one round. */
export interface Measured {
  scenario: string;
  arm: ArmName;
  round: number;
  requestsPerSecond: number;
  totalMs: { p50: number; p90: number; p99: number };
  firstByteMs: { p50: number; p90: number; p99: number };
  gapMs: { p50: number; p99: number };
  failures: number;
  eventsLost: number;
  /** Of the arm's own process. */
  cpuSecondsPerThousand: number;
  /** Of PostgreSQL, in the meantime. */
  databaseCpuSecondsPerThousand: number;
}

/** Runs every scenario on every arm, in a new random order each round. */
export async function runRounds(
  arms: Arms,
  options: {
    scenarios: readonly Scenario[];
    rounds: number;
    windowMs: number;
    random: () => number;
    say(line: string): void;
  },
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (let round = 0; round <= options.rounds; round++) {
    options.say(round === 0 ? "warming up" : `round ${round} of ${options.rounds}`);
    const windowMs = round === 0 ? Math.min(options.windowMs, 300) : options.windowMs;
    for (const scenario of shuffled(options.scenarios, options.random)) {
      for (const arm of shuffled(arms.list, options.random)) {
        const result = await measureArm(arms, arm, scenario, { round, windowMs });
        if (round > 0) measured.push(result);
      }
    }
  }
  return measured;
}

async function measureArm(
  { databasePid }: Arms,
  arm: Arm,
  scenario: Scenario,
  { round, windowMs }: { round: number; windowMs: number },
): Promise<Measured> {
  const cpu = () => (arm.pid === null ? 0 : cpuSeconds(arm.pid));
  const before = { cpu: cpu(), database: cpuSecondsOfFamily(databasePid) };
  const load = await loadFor(arm.client, requestBody(scenario), {
    concurrency: scenario.concurrency,
    windowMs,
  });
  const thousands = load.answers.length / 1000;
  return {
    scenario: scenario.name,
    arm: arm.name,
    round,
    ...summarise(load, scenario),
    cpuSecondsPerThousand: (cpu() - before.cpu) / thousands,
    databaseCpuSecondsPerThousand: (cpuSecondsOfFamily(databasePid) - before.database) / thousands,
  };
}

type Summary = Pick<
  Measured,
  "requestsPerSecond" | "totalMs" | "firstByteMs" | "gapMs" | "failures" | "eventsLost"
>;

function summarise({ answers, elapsedMs }: Load, { stream }: Scenario): Summary {
  const spread = (values: number[]) => ({
    p50: quantile(values, 0.5),
    p90: quantile(values, 0.9),
    p99: quantile(values, 0.99),
  });
  const expected = stream ? streamEvents.length * answers.length : 0;
  const got = stream ? answers.reduce((sum, answer) => sum + answer.events, 0) : 0;
  return {
    requestsPerSecond: (answers.length / elapsedMs) * 1000,
    totalMs: spread(answers.map((answer) => answer.totalMs)),
    firstByteMs: spread(answers.map((answer) => answer.firstByteMs)),
    gapMs: spread(answers.flatMap((answer) => answer.gapsMs)),
    failures: answers.filter((answer) => !answer.ok).length,
    eventsLost: expected - got,
  };
}
