import { requestBody, streamEvents } from "./answers.ts";
import type { Arm, ArmName } from "./arms.ts";
import { residentBytes } from "./process-usage.ts";
import { quantile } from "./statistics.ts";

export interface Crowd {
  arm: ArmName;
  streams: number;
  paceMs: number;
  failures: number;
  eventsLost: number;
  gapMs: { p50: number; p99: number };
  /** Highest of the samples taken while it ran; 0 for the direct way. */
  residentBytes: number;
}

const sampleMs = 250;

/** Opens many streams at an even pace within one pace's time and follows them all to their end. */
export async function runCrowd(arm: Arm, options: { streams: number; paceMs: number }): Promise<Crowd> {
  const { streams, paceMs } = options;
  const body = requestBody({ stream: true, paceMs });
  let resident = 0;
  const sample = () => {
    if (arm.pid !== null) resident = Math.max(resident, residentBytes(arm.pid).now);
  };
  const sampling = setInterval(sample, sampleMs);
  const answers = await Promise.all(
    Array.from({ length: streams }, async (_, index) => {
      await new Promise((done) => setTimeout(done, (index / streams) * 1_000));
      return arm.client.ask(body);
    }),
  );
  clearInterval(sampling);
  const gaps = answers.flatMap((answer) => answer.gapsMs);
  return {
    arm: arm.name,
    streams,
    paceMs,
    failures: answers.filter((answer) => !answer.ok).length,
    eventsLost: streams * streamEvents.length - answers.reduce((sum, answer) => sum + answer.events, 0),
    gapMs: { p50: quantile(gaps, 0.5), p99: quantile(gaps, 0.99) },
    residentBytes: resident,
  };
}
