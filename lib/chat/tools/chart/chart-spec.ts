import * as z from "zod/mini";

const maxPoints = 2_000;
const maxSeries = 6;

const textUpTo = (chars: number) => z.string().check(z.maxLength(chars));

/** A chart as data. `values` of a series stand at the places of `labels`; null is a gap. */
export const chartSpecSchema = z
  .object({
    type: z.enum(["line", "bar", "area", "scatter", "pie"]),
    title: z.optional(textUpTo(200)),
    x_label: z.optional(textUpTo(100)),
    y_label: z.optional(textUpTo(100)),
    labels: z
      .array(z.union([textUpTo(200), z.number()]))
      .check(
        z.minLength(1),
        z.maxLength(maxPoints),
        z.describe("What stands along the x axis (or names the slices of a pie), one for each value."),
      ),
    series: z
      .array(
        z.object({
          name: textUpTo(100),
          values: z.array(z.nullable(z.number())).check(z.maxLength(maxPoints)),
        }),
      )
      .check(z.minLength(1), z.maxLength(maxSeries)),
  })
  .check(
    z.superRefine(({ type, labels, series }, context) => {
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
    }),
  );

export type ChartSpec = z.infer<typeof chartSpecSchema>;
