import * as z from "zod/mini";

const runSchema = z.object({ charts: z.array(z.unknown()), error: z.nullable(z.string()) });

/** Whether a result is worth seeing without being asked for. */
export function showsItself(toolName: string, part: object): boolean {
  if (toolName === "chart") return true;
  if (toolName !== "run_javascript") return false;
  const run = runSchema.safeParse("output" in part ? part.output : null);
  return run.success && (run.data.charts.length > 0 || run.data.error !== null);
}
