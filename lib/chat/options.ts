import * as z from "zod/mini";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { type ChatOptions, defaultChatOptions, efforts } from "./default-options.ts";

export const longestSystemPrompt = 20_000;
export const longestJsonSchema = 20_000;
/** The most tokens that one answer of the chat's model may have, its thinking included. */
export const mostOutputTokens = getModel(defaultModelId)?.maxOutputTokens ?? 4_096;

const fields = {
  thinking: z.boolean(),
  /** How much it thinks; null leaves that to the model. */
  effort: z.nullable(z.enum(efforts)),
  systemPrompt: z.string().check(z.maxLength(longestSystemPrompt)),
  /** Tokens, thinking included; null is as many as the model allows. */
  maxOutputTokens: z.nullable(z.int().check(z.minimum(1), z.maximum(mostOutputTokens))),
  answer: z.enum(["text", "json"]),
  /** The JSON Schema that answers in JSON follow; null is any object. */
  jsonSchema: z.nullable(
    z
      .record(z.string(), z.unknown())
      .check(
        z.refine(
          (schema) => JSON.stringify(schema).length <= longestJsonSchema,
          `must have ${longestJsonSchema} characters at most`,
        ),
      ),
  ),
};

/** What a chat's replies are generated with. */
export const chatOptionsSchema: z.ZodMiniType<ChatOptions> = z.strictObject(fields);

const stored = z.catch(
  z.object({
    thinking: z.catch(fields.thinking, defaultChatOptions.thinking),
    effort: z.catch(fields.effort, defaultChatOptions.effort),
    systemPrompt: z.catch(fields.systemPrompt, defaultChatOptions.systemPrompt),
    maxOutputTokens: z.catch(fields.maxOutputTokens, defaultChatOptions.maxOutputTokens),
    answer: z.catch(fields.answer, defaultChatOptions.answer),
    jsonSchema: z.catch(fields.jsonSchema, defaultChatOptions.jsonSchema),
  }),
  defaultChatOptions,
);

/** Reads a JSON column; what is absent, or not offered by this version, is as if it had never been chosen. */
export function readStoredOptions(value: unknown): ChatOptions {
  return stored.parse(value);
}
