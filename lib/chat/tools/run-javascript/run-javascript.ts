import { z } from "zod";
import { chartSpecSchema } from "../chart/chart-spec.ts";
import { defineTool } from "../tool.ts";

const timeoutMs = 15_000;

const runSchema = z.object({
  output: z.string(),
  value: z.string().nullable(),
  charts: z.array(chartSpecSchema),
  error: z.string().nullable(),
});

export const runJavaScript = defineTool({
  name: "run_javascript",
  description:
    "Runs a JavaScript program in a sandbox: modern ECMAScript, no network, no files, no timers, 5 s and 64 MB. Gives what it prints with console.log and the value of its last expression; a program that awaits at its top level returns its value with return. chart({type: 'line'|'bar'|'area'|'scatter'|'pie', title, labels: [...], series: [{name, values: [...]}]}) shows the person a chart. Use it to compute, simulate, transform data, or check code.",
  inputSchema: z.object({ code: z.string().min(1).max(50_000) }),
  timeoutMs: timeoutMs + 5_000,
  async run({ code }, { host, signal }) {
    return runSchema.parse(await host.runJob("javascript", code, { signal, timeoutMs }));
  },
  toModel(output) {
    const { charts, ...run } = runSchema.parse(output);
    return { ...run, charts_shown: charts.length };
  },
});
