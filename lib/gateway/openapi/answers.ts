import { z } from "zod";
import { type ErrorCode, errorTable } from "#lib/wire/errors.ts";

const jsonInteger = z
  .union([z.int(), z.string().regex(/^\d+$/)])
  .meta({ description: "A whole number; its digits as text beyond 2^53 − 1." });
const time = z.iso.datetime().meta({ description: "ISO 8601, UTC." });
const unixSeconds = z.int().meta({ description: "Unix seconds, UTC." });
const tokens = z.int().nonnegative();

const model = z.object({
  id: z.string(),
  object: z.literal("model"),
  created: unixSeconds,
  owned_by: z.string(),
  name: z.string(),
  description: z.string(),
  context_length: z.int(),
  max_output_tokens: z.int(),
  input_modalities: z.array(z.enum(["text", "image"])),
  output_modalities: z.array(z.enum(["text"])),
  capabilities: z.object({
    streaming: z.boolean(),
    tools: z.boolean(),
    json_mode: z.boolean(),
    reasoning: z.boolean(),
    vision: z.boolean(),
  }),
  pricing_nano_usd: z
    .object({ input: z.int(), cached_input: z.int(), output: z.int() })
    .meta({ description: "Of one token, in billionths of a dollar." }),
});

const key = z.object({
  id: z.string(),
  object: z.literal("key"),
  name: z.string(),
  start: z.string().meta({ description: "The first characters of the secret." }),
  created_at: time,
  expires_at: time.nullable(),
  replaces_key_id: z
    .string()
    .nullable()
    .meta({ description: "The key that this one, made by rotation, ends when it is first used for a call." }),
  model_patterns: z.array(z.string()).meta({ description: "Empty for all models; `*` is a wildcard." }),
});

const budget = z
  .object({
    mode: z
      .enum(["hard", "warn"])
      .meta({ description: "Used up, `hard` refuses requests with `budget_exceeded`; `warn` refuses none." }),
    limit_nano_usd: jsonInteger,
    spent_nano_usd: jsonInteger,
    reserved_nano_usd: jsonInteger.meta({ description: "The most that running requests may still cost." }),
    left_nano_usd: jsonInteger,
    resets_at: time,
  })
  .nullable();

const keyInfo = key.extend({
  models: z.array(z.string()).meta({ description: "Ids of the models it may use." }),
  plan: z.enum(["trial", "paid"]),
  requests_per_minute: z.object({ limit: z.int(), remaining: z.int(), reset_ms: z.int() }),
  requests_per_day: z.object({ limit: z.int(), remaining: z.int(), resets_at: time }).nullable(),
  monthly_budget: budget,
  account_monthly_budget: budget,
});

const request = z.object({
  id: z.string(),
  object: z.literal("request"),
  created_at: time,
  settled_at: time.nullable(),
  status: z.enum(["reserved", "succeeded", "failed", "aborted", "interrupted"]),
  source: z.enum(["api", "chat"]),
  key_id: z.string().nullable(),
  model: z.string(),
  endpoint: z.string(),
  stream: z.boolean(),
  tag: z.string(),
  upstream: z.string().nullable(),
  attempts: z.int(),
  http_status: z.int().nullable(),
  error_code: z.string().nullable(),
  finish_reason: z.string().nullable(),
  usage: z.object({
    prompt_tokens: tokens,
    cached_tokens: tokens,
    completion_tokens: tokens,
    reasoning_tokens: tokens,
    total_tokens: tokens,
    estimated: z.boolean(),
  }),
  prices_nano_usd: z.object({ input: z.int(), cached_input: z.int(), output: z.int() }),
  cost_nano_usd: jsonInteger,
  time_to_first_token_ms: z.int().nullable(),
  total_ms: z.int().nullable(),
});

const usageResult = z.object({
  object: z.literal("usage.result"),
  requests: jsonInteger,
  failures: jsonInteger,
  input_tokens: jsonInteger,
  input_cached_tokens: jsonInteger,
  output_tokens: jsonInteger,
  reasoning_tokens: jsonInteger,
  cost_nano_usd: jsonInteger,
  model: z.string().nullable(),
  key_id: z.string().nullable(),
  source: z.enum(["api", "chat"]).nullable(),
  tag: z.string().nullable(),
});

const usagePage = z.object({
  object: z.literal("page"),
  data: z.array(
    z.object({
      object: z.literal("bucket"),
      start_time: unixSeconds,
      end_time: unixSeconds,
      results: z.array(usageResult),
    }),
  ),
  has_more: z.boolean(),
  next_page: z.string().nullable(),
});

const chatCompletion = z.looseObject({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: unixSeconds,
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.int(),
      message: z.looseObject({
        role: z.literal("assistant"),
        content: z.string().nullable(),
        reasoning_content: z.string().nullish(),
        tool_calls: z
          .array(
            z.looseObject({
              id: z.string(),
              type: z.literal("function"),
              function: z.looseObject({ name: z.string(), arguments: z.string() }),
            }),
          )
          .nullish(),
      }),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: z.looseObject({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens }).optional(),
});

const response = z.looseObject({
  id: z.string(),
  object: z.literal("response"),
  created_at: unixSeconds,
  status: z.enum(["completed", "incomplete", "failed", "in_progress"]),
  model: z.string(),
  output: z.array(z.looseObject({ type: z.string(), id: z.string() })),
  usage: z.looseObject({ input_tokens: tokens, output_tokens: tokens, total_tokens: tokens }).nullable(),
});

const codes = Object.keys(errorTable).filter((code): code is ErrorCode => code in errorTable);

const error = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.enum(codes),
  }),
});

/** The bodies this API answers with, by their names in the description. Clients must expect more fields than these. */
export const answerSchemas = {
  ChatCompletion: chatCompletion,
  Response: response,
  Model: model,
  ModelList: z.object({ object: z.literal("list"), data: z.array(model) }),
  Request: request,
  UsagePage: usagePage,
  Key: keyInfo,
  RotatedKey: key.extend({ api_key: z.string().meta({ description: "The secret, shown this once." }) }),
  Health: z.object({ status: z.literal("ok") }),
  Readiness: z.looseObject({ status: z.string(), provider: z.string() }),
  Error: error,
};
