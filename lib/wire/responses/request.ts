import { z } from "zod";
import { ApiError } from "../errors.ts";
import { describeIssue } from "../request-issue.ts";

const partSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.enum(["input_text", "output_text", "text"]), text: z.string() }),
  z.looseObject({ type: z.literal("refusal"), refusal: z.string() }),
  z.looseObject({
    type: z.literal("input_image"),
    image_url: z.custom<string>(
      (url) => typeof url === "string",
      "is required: files are not kept here, send a data URI or a URL",
    ),
    detail: z.string().nullish(),
  }),
]);

const contentSchema = z.union([z.string(), z.array(partSchema)]);

const messageItemSchema = z.looseObject({
  type: z.literal("message"),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content: contentSchema,
});

const functionCallSchema = z.looseObject({
  type: z.literal("function_call"),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});

const functionCallOutputSchema = z.looseObject({
  type: z.literal("function_call_output"),
  call_id: z.string(),
  output: contentSchema,
});

const reasoningItemSchema = z.looseObject({
  type: z.literal("reasoning"),
  summary: z.array(z.looseObject({ text: z.string() })).nullish(),
  content: z.array(z.looseObject({ text: z.string() })).nullish(),
  encrypted_content: z.string().nullish(),
});

// Those that name an item are replaced by it before the request is read.
const itemReferenceSchema = z
  .looseObject({ type: z.literal("item_reference") })
  .refine(() => false, "refers to no item: name it by its `id`");

const itemSchema = z.preprocess(
  // A message may leave its type out.
  (item) =>
    typeof item === "object" && item !== null && !("type" in item) ? { ...item, type: "message" } : item,
  z.discriminatedUnion("type", [
    messageItemSchema,
    functionCallSchema,
    functionCallOutputSchema,
    reasoningItemSchema,
    itemReferenceSchema,
  ]),
);

const toolSchema = z
  .looseObject({
    type: z.string(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
    strict: z.boolean().nullish(),
  })
  .refine((tool) => tool.type !== "function" || Boolean(tool.name), { path: ["name"], error: "is required" });

const toolChoiceSchema = z.union([
  z.enum(["none", "auto", "required"]),
  z.looseObject({
    type: z.string(),
    name: z.string().nullish(),
    mode: z.enum(["auto", "required"]).nullish(),
    tools: z.array(z.looseObject({ type: z.string(), name: z.string().nullish() })).nullish(),
  }),
]);

/** Loose: unknown fields survive. */
export const responsesRequestSchema = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(itemSchema)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  store: z.boolean().nullish(),
  include: z.array(z.string()).nullish(),
  max_output_tokens: z.int().positive().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: toolChoiceSchema.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z
    .looseObject({ format: z.looseObject({ type: z.string() }).nullish(), verbosity: z.string().nullish() })
    .nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  truncation: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  user: z.string().nullish(),
});

export type ResponsesRequest = z.infer<typeof responsesRequestSchema>;
export type ResponsesContent = z.infer<typeof contentSchema>;
export type ResponsesInputItem = z.infer<typeof itemSchema>;
export type ResponsesReasoningInput = z.infer<typeof reasoningItemSchema>;
export type ResponsesTool = z.infer<typeof toolSchema>;

const refused: Record<string, string> = {
  previous_response_id:
    "is not supported: whole responses are not kept here, send the conversation as `input`",
  conversation: "is not supported: conversations are not kept here, send the whole conversation as `input`",
  prompt: "is not supported: prompts are not kept here, send the text as `instructions` or `input`",
  background: "is not supported: ask for a stream instead",
};

/** Throws `invalid_request` naming the first bad field, or a field that asks for state which is not kept here. */
export function parseResponsesRequest(value: unknown): ResponsesRequest {
  const parsed = responsesRequestSchema.safeParse(value);
  if (!parsed.success) {
    const { param, message } = describeIssue(parsed.error);
    throw new ApiError("invalid_request", message, { param });
  }
  for (const [param, why] of Object.entries(refused)) {
    const asked = parsed.data[param];
    if (asked !== undefined && asked !== null && asked !== false) {
      throw new ApiError("invalid_request", `\`${param}\` ${why}.`, { param });
    }
  }
  return parsed.data;
}
