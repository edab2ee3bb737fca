import { z } from "zod";
import { defineTool, ToolFailure } from "../tool.ts";

/** Starting the thread counts, which takes seconds on a busy machine. */
const timeoutMs = 15_000;
const maxResultChars = 5_000;

const calculationSchema = z.object({
  result: z.string(),
  exact: z.boolean(),
  decimal: z.string().optional(),
});

export const calculator = defineTool({
  name: "calculator",
  description:
    "Evaluates a mathematical expression exactly: arithmetic with ratios and big numbers, powers, roots, logarithms, trigonometry, statistics (mean, std), matrices, complex numbers, and units ('12 inch to cm', '5 km/h to m/s', '20 degC to degF'). Use it for every calculation whose result matters.",
  inputSchema: z.object({
    expression: z
      .string()
      .min(1)
      .max(2_000)
      .describe("The expression, such as '(17.5 * 12) / 3^2', 'sqrt(2)', '100!' or '3 ft + 4 inch to cm'."),
  }),
  timeoutMs: timeoutMs + 5_000,
  async run({ expression }, { host, signal }) {
    const value = await host.runJob("calculator", expression, { signal, timeoutMs });
    const calculation = calculationSchema.parse(value);
    if (calculation.result.length > maxResultChars) {
      throw new ToolFailure(
        `The result has ${calculation.result.length} characters, which is too long to show.`,
      );
    }
    return calculation;
  },
});
