import { z } from "zod";
import { highestPercent, mostPercents, normalisePercents } from "#lib/alerts/alert.ts";

export const percentsSentence = `Give whole percentages from 1 to ${highestPercent}, ${mostPercents} at most, or leave it empty for none.`;

/** Shares of a budget, in percent; gives them once each, ascending. */
export const percentsField = z.array(z.number()).transform((percents, context) => {
  const normal = normalisePercents(percents);
  if (normal === null) {
    context.addIssue({ code: "custom", message: percentsSentence });
    return z.NEVER;
  }
  return normal;
});
