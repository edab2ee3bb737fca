import { type ArmName, armNames } from "./arms.ts";
import type { FloodPhase } from "./flood.ts";
import type { Crowd } from "./paced-crowd.ts";
import type { Measured, Scenario } from "./rounds.ts";
import { median, quantile } from "./statistics.ts";

const titles: Record<ArmName, string> = {
  direct: "direct",
  pipe: "bare Node pipe",
  portkey: "Portkey 1.15.2",
  metered: "AIgateway, metering on",
  unmetered: "AIgateway, metering off",
};

type Read = (measured: Measured) => number;

/** Compares two arms inside each round, where the machine was equally busy for both, and gives the comparison of every round. */
function compareRounds(
  measured: readonly Measured[],
  scenario: string,
  [arm, other]: [ArmName, ArmName],
  compare: (arm: Measured, other: Measured) => number,
): number[] {
  const ofArm = (name: ArmName) =>
    measured.filter((entry) => entry.arm === name && entry.scenario === scenario);
  return ofArm(arm).flatMap((entry) => {
    const rival = ofArm(other).find(({ round }) => round === entry.round);
    return rival ? [compare(entry, rival)] : [];
  });
}

/** The ratio of the arm's figure to the other's, as the median over rounds. */
export function ratio(
  measured: readonly Measured[],
  scenario: string,
  arms: [ArmName, ArmName],
  read: Read,
): number {
  return median(compareRounds(measured, scenario, arms, (arm, other) => read(arm) / read(other)));
}

/** What the arm adds to the direct way, as the median over rounds. */
export function added(measured: readonly Measured[], scenario: string, arm: ArmName, read: Read): number {
  return median(
    compareRounds(measured, scenario, [arm, "direct"], (entry, direct) => read(entry) - read(direct)),
  );
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export const formatMs = (value: number) => value.toFixed(Math.abs(value) < 10 ? 2 : 1);

function spreadOf(measured: readonly Measured[], scenario: string, arm: ArmName, other: ArmName): string {
  const ratios = compareRounds(
    measured,
    scenario,
    [arm, other],
    (entry, rival) => entry.requestsPerSecond / rival.requestsPerSecond,
  );
  return `${median(ratios).toFixed(2)} (${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)})`;
}

function scenarioRow(measured: readonly Measured[], scenario: string, arm: ArmName): string[] {
  const own = measured.filter((entry) => entry.arm === arm && entry.scenario === scenario);
  const middle = (read: Read) => median(own.map(read));
  const sum = (read: Read) => own.reduce((total, entry) => total + read(entry), 0);
  const addedMs = (read: Read) => formatMs(added(measured, scenario, arm, read));
  const database =
    arm === "metered" ? ` + ${middle((entry) => entry.databaseCpuSecondsPerThousand).toFixed(2)}` : "";
  return [
    titles[arm],
    middle((entry) => entry.requestsPerSecond).toFixed(0),
    spreadOf(measured, scenario, arm, "pipe"),
    spreadOf(measured, scenario, arm, "portkey"),
    [addedMs((e) => e.totalMs.p50), addedMs((e) => e.totalMs.p90), addedMs((e) => e.totalMs.p99)].join(" / "),
    [addedMs((e) => e.firstByteMs.p50), addedMs((e) => e.firstByteMs.p99)].join(" / "),
    [formatMs(middle((e) => e.gapMs.p50)), formatMs(middle((e) => e.gapMs.p99))].join(" / "),
    String(sum((entry) => entry.eventsLost)),
    String(sum((entry) => entry.failures)),
    `${middle((entry) => entry.cpuSecondsPerThousand).toFixed(2)}${database}`,
  ];
}

const scenarioHead = [
  "arm",
  "requests/s",
  "× pipe (quartiles)",
  "× Portkey (quartiles)",
  "added ms p50 / p90 / p99",
  "added first byte ms p50 / p99",
  "gap ms p50 / p99",
  "events lost",
  "failed",
  "CPU s per 1,000 (+ PostgreSQL)",
];

/** A table for each scenario. */
export function reportScenarios(measured: readonly Measured[], scenarios: readonly Scenario[]): string {
  return scenarios
    .map(({ name }) => {
      const rows = armNames.map((arm) => scenarioRow(measured, name, arm));
      return `### ${name}\n\n${table(scenarioHead, rows)}`;
    })
    .join("\n\n");
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

export function reportCrowds(crowds: readonly Crowd[]): string {
  const rows = crowds.map((crowd) => [
    titles[crowd.arm],
    String(crowd.streams),
    String(crowd.paceMs),
    `${formatMs(crowd.gapMs.p50)} / ${formatMs(crowd.gapMs.p99)}`,
    String(crowd.eventsLost),
    String(crowd.failures),
    crowd.residentBytes === 0 ? "–" : megabytes(crowd.residentBytes),
  ]);
  const head = ["arm", "streams", "pace ms", "gap ms p50 / p99", "events lost", "failed", "resident MB"];
  return `### Many paced streams at once\n\n${table(head, rows)}`;
}

export function reportMemory(resident: readonly { arm: ArmName; now: number; peak: number }[]): string {
  const rows = resident.map(({ arm, now, peak }) => [titles[arm], megabytes(now), megabytes(peak)]);
  return `### Resident memory after all rounds\n\n${table(["arm", "MB", "highest MB"], rows)}`;
}

export function reportFlood(phases: readonly FloodPhase[]): string {
  const rows = phases.map((phase) => [
    phase.name,
    String(phase.unknownCalls),
    ((phase.unknownCalls / phase.elapsedMs) * 1000).toFixed(0),
    String(phase.unknownAccepted),
    String(phase.goodCalls),
    String(phase.goodFailures),
    [phase.goodMs.p50, phase.goodMs.p90, phase.goodMs.p99].map(formatMs).join(" / "),
    String(phase.rowsMade),
    `${megabytes(phase.residentBytes.now)} / ${megabytes(phase.residentBytes.peak)}`,
  ]);
  const head = [
    "phase",
    "unknown keys",
    "per second",
    "not refused",
    "good calls",
    "failed",
    "good ms p50 / p90 / p99",
    "other rows made",
    "resident MB now / highest",
  ];
  return `### A flood of unknown keys\n\n${table(head, rows)}`;
}
