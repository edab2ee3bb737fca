import { z } from "zod";
import { ApiError } from "./errors.ts";
import { isPlainChunk, isPlainCompletion } from "./plain-chunk.ts";
import { describeIssue } from "./request-issue.ts";

const usageSchema = z.looseObject({});

const contentPartSchema = z
  .looseObject({
    type: z.string(),
    text: z.string().optional(),
    image_url: z.union([z.string(), z.looseObject({ url: z.string() })]).optional(),
  })
  .check(({ value, issues }) => {
    const field = value.type === "text" || value.type === "image_url" ? value.type : null;
    if (field && value[field] === undefined) {
      issues.push({
        code: "custom",
        input: value,
        path: [field],
        message: `is required in a part of type ${value.type}`,
      });
    }
  });

const contentSchema = z.union([z.string(), z.array(contentPartSchema), z.null()]);

const toolCallSchema = z.looseObject({
  id: z.string(),
  type: z.string().nullish(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const messageSchema = z
  .looseObject({
    role: z.enum(["system", "developer", "user", "assistant", "tool"]),
    content: contentSchema.optional(),
    name: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    tool_calls: z.array(toolCallSchema).nullish(),
    tool_call_id: z.string().nullish(),
  })
  .check(({ value, issues }) => {
    const { role } = value;
    const field =
      (role === "system" || role === "developer" || role === "user") && value.content == null
        ? "content"
        : role === "tool" && value.tool_call_id == null
          ? "tool_call_id"
          : null;
    if (field) {
      issues.push({
        code: "custom",
        input: value,
        path: [field],
        message: `is required in a message of role ${role}`,
      });
    }
  });

const toolSchema = z
  .looseObject({
    type: z.string(),
    function: z
      .looseObject({
        name: z.string().min(1),
        description: z.string().nullish(),
        parameters: z.record(z.string(), z.unknown()).nullish(),
        strict: z.boolean().nullish(),
      })
      .optional(),
  })
  .check(({ value, issues }) => {
    if (value.type === "function" && value.function === undefined) {
      issues.push({
        code: "custom",
        input: value,
        path: ["function"],
        message: "is required in a tool of type function",
      });
    }
  });

const tokenLimitSchema = z.int().positive().nullish();

/** Loose: unknown fields survive, and fields OpenAI lets be null may be null. */
export const chatRequestSchema = z.looseObject({
  model: z.string().min(1),
  messages: z.array(messageSchema).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokenLimitSchema,
  max_completion_tokens: tokenLimitSchema,
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  n: z.int().positive().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z.union([z.enum(["none", "auto", "required"]), z.looseObject({ type: z.string() })]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
  reasoning_effort: z.string().nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  user: z.string().nullish(),
});

export type ChatRequest = z.infer<typeof chatRequestSchema>;
export type ChatMessage = z.infer<typeof messageSchema>;
export type ChatContentPart = z.infer<typeof contentPartSchema>;
export type ChatToolCall = z.infer<typeof toolCallSchema>;
export type ChatTool = z.infer<typeof toolSchema>;

/** Throws `invalid_request` naming the first bad field, for example `messages[3].content`. */
export function parseChatRequest(value: unknown): ChatRequest {
  const parsed = chatRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { param, message } = describeIssue(parsed.error);
  throw new ApiError("invalid_request", message, { param });
}

// Upstreams differ in what they leave out, set to null or misspell. A field of the wrong type counts as absent, so that one
// odd field never costs the rest of its chunk.
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const usage = usageSchema.nullish().catch(null);

const toolCallDeltaSchema = z.looseObject({
  index: number,
  id: text,
  type: text,
  function: z.looseObject({ name: text, arguments: text }).nullish().catch(null),
});

const deltaSchema = z.looseObject({
  role: text,
  content: text,
  reasoning_content: text,
  reasoning: text,
  refusal: text,
  tool_calls: z.array(toolCallDeltaSchema).nullish().catch(null),
});

const head = { id: text, object: text, created: number, model: text, system_fingerprint: text, usage };

/** What a chunk may be; to be read with `parseChatChunk`. */
export const chunkSchema = z.looseObject({
  ...head,
  choices: z
    .array(z.looseObject({ index: number, delta: deltaSchema.catch({}), finish_reason: text, usage }))
    .catch([]),
});

/** The same of a whole completion and `parseChatCompletion`. */
export const completionSchema = z.looseObject({
  ...head,
  choices: z
    .array(z.looseObject({ index: number, message: deltaSchema.catch({}), finish_reason: text, usage }))
    .catch([]),
});

/** One event of a chat completion stream. Every field but `choices` and each choice's `delta` may be absent or null. */
export type ChatChunk = z.infer<typeof chunkSchema>;
export type ChatDelta = z.infer<typeof deltaSchema>;
export type ChatToolCallDelta = z.infer<typeof toolCallDeltaSchema>;
/** A whole chat completion, as tolerant as a chunk. */
export type ChatCompletion = z.infer<typeof completionSchema>;

/** What an upstream says went wrong, in its own words. */
export interface UpstreamErrorBody {
  error: { message: string; type: string | null; param: string | null; code: string | null };
}

/** The event that ends a chat completion stream. */
export function isDone(data: string): boolean {
  return data.trim() === "[DONE]";
}

/** A chunk, an error event, or null for `[DONE]` and for what is neither. Never throws. */
export function parseChatChunk(data: string): ChatChunk | UpstreamErrorBody | null {
  const value = parseJson(data);
  return isPlainChunk(value) ? value : parseWith(chunkSchema, value);
}

/** A completion, an error body, or null for what is neither. Never throws. */
export function parseChatCompletion(value: unknown): ChatCompletion | UpstreamErrorBody | null {
  return isPlainCompletion(value) ? value : parseWith(completionSchema, value);
}

export function isUpstreamError(value: object): value is UpstreamErrorBody {
  return "error" in value && value.error !== null && value.error !== undefined;
}

function parseWith<T>(schema: z.ZodType<T>, value: unknown): T | UpstreamErrorBody | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? (parseUpstreamError(value) ?? parsed.data) : null;
}

const errorDetailSchema = z.looseObject({
  message: text,
  type: text,
  param: text,
  code: z.union([z.string(), z.number()]).nullish().catch(null),
});
// {error: {...}} is OpenAI's; {error: "…", message} is Moonshot's for unknown routes; {object: "error", message} is vLLM's.
const errorSchema = z.looseObject({
  object: text,
  error: z.union([z.string(), errorDetailSchema]).nullish(),
  ...errorDetailSchema.shape,
});

function parseUpstreamError(value: unknown): UpstreamErrorBody | null {
  const parsed = errorSchema.safeParse(value);
  if (!parsed.success) return null;
  const { error, object } = parsed.data;
  const detail =
    typeof error === "object" && error !== null ? error : error || object === "error" ? parsed.data : null;
  if (!detail) return null;
  const message = detail.message || (typeof error === "string" ? error : "The upstream reported an error.");
  const code = detail.code == null ? null : String(detail.code);
  return { error: { message, type: detail.type ?? null, param: detail.param ?? null, code } };
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
