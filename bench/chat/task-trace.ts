import type { Browser } from "@playwright/test";
import { z } from "zod";

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number().default(0),
  /** Microseconds of the clock, and of the processor. */
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z.object({ name: z.unknown(), chrome_mojo_event_info: z.unknown() }).partial().default({}),
});
type TraceEvent = z.infer<typeof eventSchema>;

const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;

/**
 * What `work` gives, and the longest task that any page's main thread ran meanwhile, in milliseconds of the processor: what a task takes by the clock
 * also tells how long other processes held the processor. The tasks in which a page answers what measures it are left out.
 */
export async function longestTaskOf<T>(
  browser: Browser,
  work: () => Promise<T>,
): Promise<{ cpuMs: number; result: T }> {
  await browser.startTracing(undefined, { categories: ["toplevel", "devtools.timeline"] });
  const result = await work();
  const { traceEvents } = z
    .object({ traceEvents: z.array(eventSchema) })
    .parse(JSON.parse((await browser.stopTracing()).toString()));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(threadOf),
  );
  const ofMains = traceEvents.filter((event) => event.ph === "X" && mains.has(threadOf(event)));
  const asked = ofMains.filter(({ args }) =>
    JSON.stringify(args.chrome_mojo_event_info ?? "").includes("DevToolsSession"),
  );
  const isAsked = (task: TraceEvent) =>
    asked.some(
      (event) => threadOf(event) === threadOf(task) && event.ts >= task.ts && event.ts <= task.ts + task.dur,
    );
  const tasks = ofMains.filter((event) => event.name === "ThreadControllerImpl::RunTask" && !isAsked(event));
  if (tasks.length === 0) throw new Error("The trace has no tasks of a page.");
  return { cpuMs: Math.max(...tasks.map(({ tdur }) => tdur)) / 1_000, result };
}
