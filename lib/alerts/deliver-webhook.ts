import {
  addressGuard,
  createGuardedFetch,
  type GuardedFetch,
  type UnreachedReason,
} from "#lib/ops/guarded-fetch.ts";
import { webhookBody } from "./alert.ts";
import type { AttemptResult, DeliveryFailure, DueDelivery } from "./delivery.ts";
import { signatureHeaders } from "./signature.ts";

const timeoutMs = 10_000;
const excerptBytes = 500;

/** Why a webhook could not be called. */
class WebhookFailure extends Error {
  override readonly name = "WebhookFailure";
  readonly reason: UnreachedReason;

  constructor(message: string, options: ErrorOptions | undefined, reason: UnreachedReason) {
    super(message, options);
    this.reason = reason;
  }
}

/** The `fetch` that webhooks are called with. */
export function createWebhookFetch(options: { allowPrivate: boolean }): GuardedFetch {
  return createGuardedFetch({ ...addressGuard(options), Failure: WebhookFailure });
}

/** Calls a webhook once. Redirects are not followed: an answer outside 200 to 299 is a failure. */
export async function callWebhook(
  delivery: DueDelivery,
  { fetch, secrets, now, signal }: { fetch: GuardedFetch; secrets: string[]; now: Date; signal: AbortSignal },
): Promise<AttemptResult> {
  const { id, target, alert } = delivery;
  if (secrets.length === 0) return failed("off");
  const body = webhookBody(alert, delivery);
  const timestamp = Math.floor(now.getTime() / 1000);
  try {
    const response = await fetch(target, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...signatureHeaders({ id, timestamp, body }, secrets),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const excerpt = await readExcerpt(response);
    const { status } = response;
    if (response.ok) return { httpStatus: status, error: null, excerpt };
    const redirected = status >= 300 && status < 400;
    return { httpStatus: status, error: redirected ? "redirected" : "status", excerpt };
  } catch (error) {
    signal.throwIfAborted();
    return failed(failureOf(error));
  }
}

function failed(error: DeliveryFailure): AttemptResult {
  return { httpStatus: null, error, excerpt: "" };
}

function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof WebhookFailure) return error.reason;
  return error instanceof Error && error.name === "TimeoutError" ? "timeout" : "broke_off";
}

/** The beginning of an answer's text; the rest is not waited for. */
async function readExcerpt(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes < excerptBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    sizeBytes += value.length;
  }
  await reader.cancel();
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, excerptBytes));
  // A text column takes everything but NUL.
  return text.replaceAll("\0", "\uFFFD");
}
