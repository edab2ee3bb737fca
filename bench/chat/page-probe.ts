import type { CDPSession, Page } from "@playwright/test";

export interface Busy {
  /** Share of the wall time in which the main thread ran tasks. */
  busyShare: number;
  /** Share of the wall time that the main thread had the processor. */
  cpuShare: number;
  longestTaskMs: number;
  /** What the longest frame ran, when it took more than 50 ms; empty when none did. */
  longestFrame: string;
  scriptMs: number;
  layoutMs: number;
  wallMs: number;
}

/** Measures one page over Chromium's own counters and its observers of long tasks and of input. */
export class PageProbe {
  readonly #page: Page;
  readonly #devtools: CDPSession;

  private constructor(page: Page, devtools: CDPSession) {
    this.#page = page;
    this.#devtools = devtools;
  }

  static async attach(page: Page): Promise<PageProbe> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    await devtools.send("HeapProfiler.enable");
    await page.addInitScript(observeTasks);
    return new PageProbe(page, devtools);
  }

  async #counters(): Promise<Map<string, number>> {
    const { metrics } = await this.#devtools.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }

  /** What the main thread did while `work` lasted. */
  async during(work: () => Promise<void>): Promise<Busy> {
    await this.#page.evaluate(() => {
      window.benchTasksMs = [];
      window.benchFrames = [];
    });
    const before = await this.#counters();
    const startMs = performance.now();
    await work();
    const wallMs = performance.now() - startMs;
    const after = await this.#counters();
    const deltaMs = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000;
    const tasksMs = await this.#page.evaluate(() => window.benchTasksMs);
    const frames = await this.#page.evaluate(() => window.benchFrames);
    const longest = frames.toSorted((a, b) => b.ms - a.ms)[0];
    return {
      busyShare: deltaMs("TaskDuration") / wallMs,
      cpuShare: deltaMs("ThreadTime") / wallMs,
      longestTaskMs: Math.max(0, ...tasksMs),
      longestFrame: longest?.what ?? "",
      scriptMs: deltaMs("ScriptDuration"),
      layoutMs: deltaMs("LayoutDuration") + deltaMs("RecalcStyleDuration"),
      wallMs,
    };
  }

  /**
   * How often functions of the page's scripts were called while `work` lasted: for each mark the innermost function whose source has it.
   * The browser counts, so the page is the one that everybody gets.
   */
  async callsDuring(marks: readonly string[], work: () => Promise<void>): Promise<Map<string, number>> {
    const devtools = this.#devtools;
    await devtools.send("Profiler.enable");
    const sources = new Map<string, Promise<string>>();
    devtools.on("Debugger.scriptParsed", ({ scriptId }) => {
      sources.set(
        scriptId,
        devtools.send("Debugger.getScriptSource", { scriptId }).then(({ scriptSource }) => scriptSource),
      );
    });
    await devtools.send("Debugger.enable");
    await devtools.send("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await work();
    const { result } = await devtools.send("Profiler.takePreciseCoverage");
    await devtools.send("Profiler.stopPreciseCoverage");
    const calls = new Map<string, number>();
    for (const { scriptId, functions } of result) {
      const source = (await sources.get(scriptId)) ?? "";
      for (const mark of marks) {
        const at = source.indexOf(`"${mark}"`);
        if (at < 0) continue;
        const around = functions
          .flatMap(({ ranges }) => ranges.slice(0, 1))
          .filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
          .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
        calls.set(mark, (calls.get(mark) ?? 0) + (around[0]?.count ?? 0));
      }
    }
    await devtools.send("Debugger.disable");
    await devtools.send("Profiler.disable");
    return calls;
  }

  /** Bytes in use after a full collection. */
  async heapMb(): Promise<number> {
    await this.#devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.#devtools.send("Runtime.getHeapUsage");
    return usedSize / 1e6;
  }

  async domNodes(): Promise<number> {
    return this.#page.evaluate(() => document.querySelectorAll("*").length);
  }

  /** The duration of each interaction since the last call, from the key's press to the next paint; at least 16 ms by definition. */
  async interactionsMs(): Promise<number[]> {
    return this.#page.evaluate(() => {
      const seen = [...window.benchInteractionsMs.values()];
      window.benchInteractionsMs.clear();
      return seen;
    });
  }
}

declare global {
  interface Window {
    benchTasksMs: number[];
    benchFrames: { ms: number; what: string }[];
    benchInteractionsMs: Map<number, number>;
  }
  interface PerformanceLongAnimationFrameTiming extends PerformanceEntry {
    readonly styleAndLayoutStart?: number;
    readonly scripts?: readonly { invoker: string; duration: number }[];
  }
  interface PerformanceEventTiming {
    readonly interactionId: number;
  }
  interface PerformanceObserverInit {
    durationThreshold?: number;
  }
}

function observeTasks(): void {
  window.benchTasksMs = [];
  window.benchFrames = [];
  window.benchInteractionsMs = new Map();
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchTasksMs.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { scripts = [], styleAndLayoutStart = 0 } = entry as PerformanceLongAnimationFrameTiming;
      const endMs = entry.startTime + entry.duration;
      const ran = scripts.map((script) => `${script.invoker} ${Math.round(script.duration)} ms`);
      const layout =
        styleAndLayoutStart > 0 ? `style and layout ${Math.round(endMs - styleAndLayoutStart)} ms` : "";
      window.benchFrames.push({
        ms: entry.duration,
        what: [`${Math.round(entry.duration)} ms at ${Math.round(entry.startTime)}`, ...ran, layout].join(
          "; ",
        ),
      });
    }
  }).observe({ type: "long-animation-frame", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!(entry instanceof PerformanceEventTiming) || entry.interactionId === 0) continue;
      const known = window.benchInteractionsMs.get(entry.interactionId) ?? 0;
      window.benchInteractionsMs.set(entry.interactionId, Math.max(known, entry.duration));
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}
