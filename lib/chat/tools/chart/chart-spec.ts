import { z } from "zod";

const maxPoints = 2_000;
const maxSeries = 6;

/** A chart as data. `values` of a series stand at the places of `labels`; null is a gap. */
export const chartSpecSchema = z
  .object({
    type: z.enum(["line", "bar", "area", "scatter", "pie"]),
    title: z.string().max(200).optional(),
    x_label: z.string().max(100).optional(),
    y_label: z.string().max(100).optional(),
    labels: z
      .array(z.union([z.string().max(200), z.number()]))
      .min(1)
      .max(maxPoints)
      .describe("What stands along the x axis (or names the slices of a pie), one for each value."),
    series: z
      .array(z.object({ name: z.string().max(100), values: z.array(z.number().nullable()).max(maxPoints) }))
      .min(1)
      .max(maxSeries),
  })
  .superRefine(({ type, labels, series }, context) => {
    for (const [at, { values }] of series.entries()) {
      if (values.length !== labels.length) {
        context.addIssue({
          code: "custom",
          path: ["series", at, "values"],
          message: `must have ${labels.length} values, one for each label`,
        });
      }
      if (type === "pie" && values.some((value) => value !== null && value < 0)) {
        context.addIssue({
          code: "custom",
          path: ["series", at, "values"],
          message: "a pie has no negative slices",
        });
      }
    }
    if (type === "pie" && series.length > 1) {
      context.addIssue({ code: "custom", path: ["series"], message: "a pie has one series" });
    }
  });

export type ChartSpec = z.infer<typeof chartSpecSchema>;
