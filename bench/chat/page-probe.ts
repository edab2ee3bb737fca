import type { CDPSession, Page } from "@playwright/test";

export interface Busy {
  /** Share of the wall time in which the main thread ran tasks. */
  busyShare: number;
  longestTaskMs: number;
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
    });
    const before = await this.#counters();
    const startMs = performance.now();
    await work();
    const wallMs = performance.now() - startMs;
    const after = await this.#counters();
    const deltaMs = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000;
    const tasksMs = await this.#page.evaluate(() => window.benchTasksMs);
    return {
      busyShare: deltaMs("TaskDuration") / wallMs,
      longestTaskMs: Math.max(0, ...tasksMs),
      scriptMs: deltaMs("ScriptDuration"),
      layoutMs: deltaMs("LayoutDuration") + deltaMs("RecalcStyleDuration"),
      wallMs,
    };
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
    benchInteractionsMs: Map<number, number>;
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
  window.benchInteractionsMs = new Map();
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchTasksMs.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!(entry instanceof PerformanceEventTiming) || entry.interactionId === 0) continue;
      const known = window.benchInteractionsMs.get(entry.interactionId) ?? 0;
      window.benchInteractionsMs.set(entry.interactionId, Math.max(known, entry.duration));
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}
