import type { ReactNode } from "react";
import { chartSpecSchema } from "#lib/chat/tools/chart/chart-spec.ts";
import { ChartView } from "./chart-view.tsx";
import { calculation } from "./results/calculation.tsx";
import { page, search } from "./results/pages.tsx";
import { program } from "./results/program.tsx";
import { times } from "./results/times.tsx";
import { weather } from "./results/weather.tsx";

/** A result of one of our own tools, drawn for what it is. Null when it is not of the shape that is drawn. */
type Rich = (input: unknown, output: unknown) => ReactNode | null;

const chart: Rich = (input) => {
  const spec = chartSpecSchema.safeParse(input);
  return spec.success ? <ChartView spec={spec.data} /> : null;
};

const richResults: Record<string, Rich> = {
  calculator: calculation,
  current_time: times,
  weather,
  chart,
  run_javascript: program,
  fetch_page: page,
  web_search: search,
};

/** What a tool gave, drawn for what it is; null where the generic view serves. */
export function richResult(toolName: string, input: unknown, output: unknown): ReactNode | null {
  return Object.hasOwn(richResults, toolName) ? (richResults[toolName]?.(input, output) ?? null) : null;
}
