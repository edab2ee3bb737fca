import type { Crowd } from "./paced-crowd.ts";
import { added, ratio, table } from "./report.ts";
import type { Measured } from "./rounds.ts";

interface Target {
  words: string;
  value: number;
  wanted: string;
  reached: boolean;
}

const json10 = "JSON, 10 at a time";
const streams10 = "streams, 10 at a time";
const paced10 = "streams of an event every 10 ms, 10 at a time";
/** The scenarios that the targets are read from. */
export const targetScenarios: readonly string[] = [json10, streams10, paced10];
const residentLimitMb = 350;

const atLeast = (words: string, value: number, limit: number): Target => ({
  words,
  value,
  wanted: `≥ ${limit}`,
  reached: value >= limit,
});

const atMost = (words: string, value: number, limit: number): Target => ({
  words,
  value,
  wanted: `≤ ${limit}`,
  reached: value <= limit,
});

function listTargets(measured: readonly Measured[], crowds: readonly Crowd[]): Target[] {
  const throughput = (entry: Measured) => entry.requestsPerSecond;
  const firstByte = (entry: Measured) => entry.firstByteMs.p50;
  const cpu = (entry: Measured) => entry.cpuSecondsPerThousand;
  const lost = measured.filter(({ arm }) => arm === "metered" || arm === "unmetered");
  const crowd = crowds.find(({ arm }) => arm === "metered");
  return [
    atLeast("JSON throughput, × Portkey", ratio(measured, json10, ["metered", "portkey"], throughput), 2.5),
    atLeast(
      "stream throughput, × Portkey",
      ratio(measured, streams10, ["metered", "portkey"], throughput),
      2.5,
    ),
    atLeast(
      "stream throughput, × bare pipe",
      ratio(measured, streams10, ["metered", "pipe"], throughput),
      0.6,
    ),
    atMost(
      "added time to first byte p50, × Portkey's",
      added(measured, paced10, "metered", firstByte) / added(measured, paced10, "portkey", firstByte),
      0.33,
    ),
    atMost(
      "event gap p50, × direct's",
      ratio(measured, paced10, ["metered", "direct"], (entry) => entry.gapMs.p50),
      1.05,
    ),
    atMost(
      "events lost",
      lost.reduce((sum, entry) => sum + entry.eventsLost, 0),
      0,
    ),
    atMost(
      // On paced streams: an arm that is kept busy reads several events at once, which would count for the slower one.
      "CPU of a stream with metering, × without",
      ratio(measured, paced10, ["metered", "unmetered"], cpu),
      1.25,
    ),
    ...(crowd
      ? [
          atMost(`events lost of ${crowd.streams} streams at once`, crowd.eventsLost, 0),
          atMost("their gap p99, × the pace", crowd.gapMs.p99 / crowd.paceMs, 2),
          atMost("resident MB meanwhile", crowd.residentBytes / 1024 / 1024, residentLimitMb),
        ]
      : []),
  ];
}

export function reportTargets(measured: readonly Measured[], crowds: readonly Crowd[]): string {
  const rows = listTargets(measured, crowds).map(({ words, value, wanted, reached }) => [
    words,
    value.toFixed(2),
    wanted,
    reached ? "yes" : "no",
  ]);
  return `### Targets\n\n${table(["what", "measured", "wanted", "reached"], rows)}`;
}
