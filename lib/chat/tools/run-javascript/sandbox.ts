import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from "quickjs-emscripten-core";
import { type ChartSpec, chartSpecSchema } from "../chart/chart-spec.ts";

/** What a program did. `error`: why it ended early, what it had printed is kept. */
export interface SandboxRun {
  /** What it printed with `console.log` and the like. */
  output: string;
  /** What its last expression, or the promise in it, came to; null for undefined. */
  value: string | null;
  charts: ChartSpec[];
  error: string | null;
}

const maxMemoryBytes = 64 * 1_048_576;
const maxStackBytes = 128 * 1_024;
const maxOutputChars = 20_000;
const maxValueChars = 8_000;
const maxCharts = 8;

/** Writes a value as a person would: text as it is, data as JSON. */
const showSource = `(value) => {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value + "n";
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  if (value instanceof Error) return value.name + ": " + value.message;
  if (value instanceof Map) value = Object.fromEntries(value);
  else if (value instanceof Set) value = [...value];
  if (typeof value !== "object" || value === null) return String(value);
  try { return JSON.stringify(value, (key, inner) => typeof inner === "bigint" ? inner + "n" : inner, 1); }
  catch { return String(value); }
}`;

/**
 * Runs JavaScript in QuickJS in WebAssembly: no network, no files, no clock but Date, 64 MB, `timeoutMs` at most. It has
 * `console` and `chart(spec)`, and may await and return at its top level.
 */
export async function runSandboxed(
  source: string,
  { timeoutMs }: { timeoutMs: number },
): Promise<SandboxRun> {
  const quickjs = await newQuickJSWASMModuleFromVariant(variant);
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(maxMemoryBytes);
  runtime.setMaxStackSize(maxStackBytes);
  const endsAt = performance.now() + timeoutMs;
  let late = false;
  runtime.setInterruptHandler(() => {
    late = performance.now() > endsAt;
    return late;
  });
  const context = runtime.newContext();
  const run: SandboxRun = { output: "", value: null, charts: [], error: null };
  const show = context.unwrapResult(context.evalCode(showSource));
  const textOf = (handle: QuickJSHandle) => shown(context, show, handle);
  addConsole(
    context,
    (line) => {
      if (run.output.length < maxOutputChars) run.output = `${run.output}${line}\n`.slice(0, maxOutputChars);
    },
    textOf,
  );
  addChart(context, run.charts);

  const fail = (error: QuickJSHandle) => ({ ...run, error: whyOf(context, error, late, timeoutMs) });
  const ended = context.evalCode(asProgram(context, source), "program.js");
  if (ended.error) return fail(ended.error);
  const jobs = runtime.executePendingJobs();
  if (jobs.error) return fail(jobs.error);
  const state = context.getPromiseState(ended.value);
  if (state.type === "rejected") return fail(state.error);
  if (state.type === "pending") {
    return {
      ...run,
      error: "It awaits something that never comes: there are no timers and no network here.",
    };
  }
  const isVoid = context.typeof(state.value) === "undefined";
  return { ...run, value: isVoid ? null : textOf(state.value).slice(0, maxValueChars) };
}

/** A program that awaits or returns at its top level is the body of a function. */
function asProgram(context: QuickJSContext, source: string): string {
  if (!/\b(?:await|return)\b/.test(source)) return source;
  const parsed = context.evalCode(source, "program.js", { compileOnly: true });
  return parsed.error ? `(async () => {\n${source}\n})()` : source;
}

function shown(context: QuickJSContext, show: QuickJSHandle, handle: QuickJSHandle): string {
  const result = context.callFunction(show, context.undefined, handle);
  return result.error ? "[cannot be shown]" : context.getString(result.value);
}

function addConsole(
  context: QuickJSContext,
  print: (line: string) => void,
  textOf: (handle: QuickJSHandle) => string,
): void {
  const log = context.newFunction("log", (...values) => print(values.map(textOf).join(" ")));
  const console = context.newObject();
  for (const name of ["log", "info", "warn", "error", "debug", "table"]) context.setProp(console, name, log);
  context.setProp(context.global, "console", console);
}

function addChart(context: QuickJSContext, charts: ChartSpec[]): void {
  const chart = context.newFunction("chart", (handle) => {
    const spec: unknown = context.dump(handle);
    const parsed = chartSpecSchema.safeParse(spec);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new Error(`chart: ${issue?.path.join(".")} ${issue?.message}`);
    }
    if (charts.length === maxCharts) throw new Error(`chart: a program shows ${maxCharts} charts at most`);
    charts.push(parsed.data);
  });
  context.setProp(context.global, "chart", chart);
}

function whyOf(context: QuickJSContext, error: QuickJSHandle, late: boolean, timeoutMs: number): string {
  if (late) return `It ran longer than ${timeoutMs / 1_000} s and was ended.`;
  const dumped: unknown = context.dump(error);
  if (typeof dumped !== "object" || dumped === null || !("message" in dumped)) return String(dumped);
  const name = "name" in dumped ? String(dumped.name) : "Error";
  const message = String(dumped.message);
  return message === "out of memory" ? "It needed more than the 64 MB it may use." : `${name}: ${message}`;
}
