import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { signPayToken } from "#lib/accounts/pay-token.ts";
import { getConfig } from "#lib/ops/config.ts";
import { ApiError } from "#lib/wire/errors.ts";

const messageSchema = z.strictObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() });

/** What the playground's form can ask. */
const bodySchema = z.strictObject({
  model: z.string().min(1).max(200),
  messages: z.array(messageSchema).min(1).max(200),
  thinking: z.strictObject({ type: z.literal("disabled") }).optional(),
  max_completion_tokens: z.int().positive().optional(),
  response_format: z.strictObject({ type: z.literal("json_object") }).optional(),
  stop: z.array(z.string()).max(16).optional(),
  stream: z.literal(true).optional(),
  stream_options: z.strictObject({ include_usage: z.literal(true) }).optional(),
});

const tokenLifetimeMs = 60_000;
const clientLeftStatus = 499;
/** What the gateway tells of the call beside its answer. */
const passedOn = ["content-type", "retry-after", "x-aig-provider", "x-aig-attempts", "x-aig-warning"];

/** Sends a request to the gateway as any client does, paid by the account, and its answer back as it comes. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const body = await readJson(request, bodySchema);
  const { gatewayUrl, authSecret } = getConfig();
  if (gatewayUrl === null) throw new Error("The gateway's address is not set.");
  const token = signPayToken(authSecret, {
    accountId: account.id,
    now: Date.now(),
    ttlMs: tokenLifetimeMs,
  });
  const asked = fetch(`${gatewayUrl}/v1/chat/completions`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-aig-tag": "playground",
    },
    body: JSON.stringify(body),
    signal: request.signal,
  });
  const answer = await asked.catch((error: unknown) => {
    if (request.signal.aborted) return null;
    throw new ApiError("upstream_unavailable", "The gateway cannot be reached. Try again in a moment.", {
      cause: error,
    });
  });
  // Nobody is there to read it.
  if (!answer) return new Response(null, { status: clientLeftStatus });
  const headers = new Headers({ "cache-control": "no-store, no-transform", "x-accel-buffering": "no" });
  for (const name of passedOn) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // `x-request-id` is that of this call of the page.
  headers.set("x-metered-request-id", answer.headers.get("x-request-id") ?? "");
  return new Response(answer.body, { status: answer.status, headers });
});
