import { z } from "zod";
import { promptLimits } from "../prompt-limits.ts";

const promptsFormat = "aigateway.prompts";

const promptSchema = z.object({
  name: z.string().trim().min(1).max(promptLimits.nameChars),
  text: z.string().trim().min(1).max(promptLimits.textChars),
});

const exportedPromptsSchema = z.object({
  format: z.literal(promptsFormat),
  version: z.number().int().min(1),
  prompts: z.array(promptSchema).max(promptLimits.count),
});

/** A prompt as it leaves and enters: what it is, without its id. */
export type PromptText = z.infer<typeof promptSchema>;

/** What is written to an account's file of prompts. */
export function toExportedPrompts(prompts: readonly PromptText[]): z.infer<typeof exportedPromptsSchema> {
  return { format: promptsFormat, version: 1, prompts: prompts.map(({ name, text }) => ({ name, text })) };
}

/** The prompts of our own export; null when the value is none. */
export function promptsFromExport(value: unknown): PromptText[] | null {
  return exportedPromptsSchema.safeParse(value).data?.prompts ?? null;
}
