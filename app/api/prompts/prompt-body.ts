import { z } from "zod";
import { promptLimits } from "#lib/chat/prompt-limits.ts";

const { nameChars, textChars } = promptLimits;

export const promptBodySchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(nameChars, `must have ${nameChars} characters at most`),
  text: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(textChars, `must have ${textChars} characters at most`),
});
