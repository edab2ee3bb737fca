import { z } from "zod";
import { parseDollars } from "./dollars.ts";

export const budgetSentence = "Give the budget in dollars, such as 5 or 12.50, or leave it empty for none.";

/** Dollars as typed; null or empty for no budget. Gives nano-USD. */
export const budgetField = z
  .string()
  .nullable()
  .transform((text, context) => {
    if (text === null || text.trim() === "") return null;
    const nanoUsd = parseDollars(text);
    if (nanoUsd === null) context.addIssue({ code: "custom", message: budgetSentence });
    return nanoUsd;
  });
