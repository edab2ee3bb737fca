import { z } from "zod";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { type ChatOptions, defaultChatOptions, efforts } from "./default-options.ts";

export const longestSystemPrompt = 20_000;
export const longestJsonSchema = 20_000;
/** The most tokens that one answer of the chat's model may have, its thinking included. */
export const mostOutputTokens = getModel(defaultModelId)?.maxOutputTokens ?? 4_096;

const fields = {
  thinking: z.boolean(),
  /** How much it thinks; null leaves that to the model. */
  effort: z.enum(efforts).nullable(),
  systemPrompt: z.string().max(longestSystemPrompt),
  /** Tokens, thinking included; null is as many as the model allows. */
  maxOutputTokens: z.number().int().min(1).max(mostOutputTokens).nullable(),
  answer: z.enum(["text", "json"]),
  /** The JSON Schema that answers in JSON follow; null is any object. */
  jsonSchema: z
    .record(z.string(), z.unknown())
    .refine((schema) => JSON.stringify(schema).length <= longestJsonSchema, {
      message: `must have ${longestJsonSchema} characters at most`,
    })
    .nullable(),
};

/** What a chat's replies are generated with. */
export const chatOptionsSchema: z.ZodType<ChatOptions> = z.strictObject(fields);

const stored = z
  .object({
    thinking: fields.thinking.catch(defaultChatOptions.thinking),
    effort: fields.effort.catch(defaultChatOptions.effort),
    systemPrompt: fields.systemPrompt.catch(defaultChatOptions.systemPrompt),
    maxOutputTokens: fields.maxOutputTokens.catch(defaultChatOptions.maxOutputTokens),
    answer: fields.answer.catch(defaultChatOptions.answer),
    jsonSchema: fields.jsonSchema.catch(defaultChatOptions.jsonSchema),
  })
  .catch(defaultChatOptions);

/** Reads a JSON column; what is absent, or not offered by this version, is as if it had never been chosen. */
export function readStoredOptions(value: unknown): ChatOptions {
  return stored.parse(value);
}
