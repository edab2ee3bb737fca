import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { requestBody, streamEvents, wholeAnswer } from "./answers.ts";
import { type Arm, type Arms, loadCore, startArms } from "./arms.ts";
import { pin } from "./child.ts";
import { type FloodPhase, runFlood } from "./flood.ts";
import { type Crowd, runCrowd } from "./paced-crowd.ts";
import { residentBytes } from "./process-usage.ts";
import { reportCrowds, reportFlood, reportMemory, reportScenarios } from "./report.ts";
import { runRounds, type Scenario, scenarios } from "./rounds.ts";
import { reportTargets, targetScenarios } from "./targets.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    /** `targets`: the scenarios that the targets are read from, and the crowd; `scenarios`, `crowd` or `flood`: only these. */
    part: { type: "string", default: "all" },
    /** Only scenarios whose name contains this. */
    scenario: { type: "string", default: "" },
    /** How many callers ours is asked by. */
    keys: { type: "string", default: "20" },
    /** Calls with unknown keys a second, in the flood. */
    "flood-rate": { type: "string", default: "2000" },
    /** A folder for CPU profiles of ours. */
    profile: { type: "string" },
  },
});

const size = values.quick
  ? {
      rounds: 1,
      windowMs: 400,
      crowd: { streams: 200, paceMs: 50 },
      flood: { unknownCalls: 4_000, quietMs: 2_000 },
    }
  : {
      rounds: 9,
      windowMs: 2_000,
      crowd: { streams: 1_000, paceMs: 200 },
      flood: { unknownCalls: 100_000, quietMs: 5_000 },
    };
const rounds = Number(values.rounds ?? size.rounds);

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Timing an arm that delivers something else would mean nothing. */
async function checkBytes({ name, client }: Arm): Promise<void> {
  const wanted = [
    { body: requestBody({ stream: false, paceMs: 0 }), text: wholeAnswer },
    { body: requestBody({ stream: true, paceMs: 0 }), text: streamEvents.join("") },
  ];
  for (const { body, text } of wanted) {
    const answer = await client.read(body);
    if (answer.status !== 200 || answer.text !== text) {
      throw new Error(`The bytes of ${name} differ (status ${answer.status}):\n${answer.text.slice(0, 500)}`);
    }
  }
}

async function runCrowds(arms: Arms): Promise<Crowd[]> {
  say("many streams at once");
  const crowds: Crowd[] = [];
  for (const arm of arms.list) {
    if (values.quick && arm.name !== "direct" && arm.name !== "metered") continue;
    crowds.push(await runCrowd(arm, size.crowd));
  }
  return crowds;
}

async function runFloodOn({ list, databaseUrl, callers }: Arms): Promise<FloodPhase[]> {
  const metered = list.find(({ name }) => name === "metered");
  if (!metered || metered.pid === null) throw new Error("There is no gateway to flood.");
  const { url, pid } = metered;
  say("a flood of unknown keys");
  const unknownPerSecond = Number(values["flood-rate"]);
  return runFlood({ url, pid, databaseUrl, good: callers, unknownPerSecond, ...size.flood });
}

function chosenScenarios(): Scenario[] {
  if (values.part === "crowd" || values.part === "flood") return [];
  const named = scenarios.filter(({ name }) => name.includes(values.scenario));
  return values.part === "targets" ? named.filter(({ name }) => targetScenarios.includes(name)) : named;
}

function residentOf({ name, pid }: Arm) {
  return pid === null ? [] : [{ arm: name, ...residentBytes(pid) }];
}

async function main(): Promise<void> {
  const profileInto = values.profile === undefined ? null : resolve(values.profile);
  if (profileInto !== null) mkdirSync(profileInto, { recursive: true });
  say("starting the mock upstream, the pipe, Portkey, PostgreSQL and AIgateway twice");
  const arms = await startArms({ keys: Number(values.keys), profileInto });
  try {
    pin(process.pid, loadCore);
    for (const arm of arms.list) await checkBytes(arm);
    say("every arm delivers the same bytes");
    const chosen = chosenScenarios();
    const measured = await runRounds(arms, {
      scenarios: chosen,
      rounds,
      windowMs: size.windowMs,
      random: Math.random,
      say,
    });
    const resident = arms.list.flatMap(residentOf);
    const isWhole = values.scenario === "" && (values.part === "all" || values.part === "targets");
    const crowds = isWhole || values.part === "crowd" ? await runCrowds(arms) : [];
    const isFlooded = values.part === "flood" || (values.part === "all" && isWhole);
    const phases = isFlooded ? await runFloodOn(arms) : [];
    const parts = [
      ...(isWhole ? [reportTargets(measured, crowds)] : []),
      reportScenarios(measured, chosen),
      ...(crowds.length > 0 ? [reportCrowds(crowds)] : []),
      ...(phases.length > 0 ? [reportFlood(phases)] : []),
      reportMemory(resident),
    ];
    process.stdout.write(`${parts.join("\n\n")}\n`);
  } finally {
    await arms.stop();
  }
}

await main();
