import { isUpstreamError, parseChatCompletion, type UpstreamErrorBody } from "#lib/wire/chat-completions.ts";
import { ApiError, type ErrorCode } from "#lib/wire/errors.ts";
import { UpstreamTimeout } from "./upstreams/time-limits.ts";

/** Why a try at an upstream failed: what the caller is told, and whether another try is safe. */
export interface UpstreamFailure {
  error: ApiError;
  /** Whether the same upstream may be tried again. */
  retryable: boolean;
  /** Whether another upstream may do better; not where the request itself is at fault. */
  elsewhere: boolean;
  /** What it says of the upstream as a whole. One that answers a refusal or names its limit is alive. */
  health: "failing" | "alive" | "unknown";
  /** What the upstream answered with; null where it did not answer. */
  status: number | null;
  /** How long the upstream asked to wait. */
  retryAfterMs: number | null;
}

interface StatusRow {
  code: ErrorCode;
  retryable: boolean;
  /** What the caller reads. Where absent, the upstream's own message is given. */
  message?: string;
}

const refusedCredentials =
  "The upstream refuses this gateway. Its operator has to check the upstream's key and balance.";
const overloaded = "The upstream is overloaded.";

/**
 * What each status of an upstream means for the caller. A limit the upstream sets is not the caller's own, so it is 503 and not 429.
 * 408, 504 and 524 are not tried again: the upstream may still be working on (and charging for) the first try.
 */
const statusTable: Record<number, StatusRow> = {
  400: { code: "invalid_request", retryable: false },
  401: { code: "upstream_error", retryable: false, message: refusedCredentials },
  402: { code: "upstream_error", retryable: false, message: refusedCredentials },
  403: { code: "upstream_error", retryable: false, message: refusedCredentials },
  404: {
    code: "upstream_error",
    retryable: false,
    message:
      "The upstream does not know the model or the path. Its operator has to check the upstream's settings.",
  },
  408: { code: "upstream_timeout", retryable: false, message: "The upstream timed out." },
  409: { code: "upstream_error", retryable: true },
  413: { code: "invalid_request", retryable: false },
  422: { code: "invalid_request", retryable: false },
  429: { code: "upstream_unavailable", retryable: true, message: overloaded },
  500: { code: "upstream_error", retryable: true },
  502: { code: "upstream_error", retryable: true },
  503: { code: "upstream_unavailable", retryable: true, message: overloaded },
  504: { code: "upstream_timeout", retryable: false, message: "The upstream timed out." },
  524: { code: "upstream_timeout", retryable: false, message: "The upstream timed out." },
  529: { code: "upstream_unavailable", retryable: true, message: overloaded },
};

const contextOverflow =
  /exceeded model token limit|input token length too long|maximum context length|context (length|window)/i;
const spentQuota = /exceeded_current_quota|insufficient_(quota|balance)/i;
const maxMessageLength = 1000;

/** Reads an answer whose status is not 200. */
export function failureOfAnswer(
  status: number,
  headers: Record<string, string>,
  bodyText: string,
): UpstreamFailure {
  const reported = parseErrorBody(bodyText);
  const row = statusTable[status] ?? { code: "upstream_error", retryable: false };
  const retryAfterMs = parseRetryAfter(headers["retry-after"]);
  const health = (status >= 500 && status !== 529) || status === 408 ? "failing" : "alive";
  const failure = (code: ErrorCode, message: string, retryable: boolean): UpstreamFailure => ({
    error: new ApiError(code, message, retryOptions(reported, code, retryAfterMs)),
    retryable,
    elsewhere: code !== "invalid_request" && code !== "context_length_exceeded",
    health,
    status,
    retryAfterMs,
  });
  if (row.code === "invalid_request") {
    if (!reported)
      return failure("upstream_error", `The upstream answered ${status} without saying why.`, false);
    const code = contextOverflow.test(reported.error.message) ? "context_length_exceeded" : row.code;
    return failure(code, cut(reported.error.message), false);
  }
  if (status === 429 && reported && spentQuota.test(`${reported.error.type} ${reported.error.code}`)) {
    return failure("upstream_error", refusedCredentials, false);
  }
  return failure(row.code, row.message ?? `The upstream answered with status ${status}.`, row.retryable);
}

function retryOptions(reported: UpstreamErrorBody | null, code: ErrorCode, retryAfterMs: number | null) {
  return {
    param: code === "invalid_request" ? (reported?.error.param ?? null) : null,
    ...(retryAfterMs !== null && { retryAfterS: Math.ceil(retryAfterMs / 1000) }),
  };
}

/** An error that an upstream sent inside an answer of status 200. */
export function failureOfReport({ error }: UpstreamErrorBody): ApiError {
  const kind = `${error.type} ${error.code}`;
  if (contextOverflow.test(error.message)) return new ApiError("context_length_exceeded", cut(error.message));
  if (/overloaded|rate_limit|\b(429|503|529)\b/i.test(kind))
    return new ApiError("upstream_unavailable", overloaded);
  if (/invalid_request|\b400\b/i.test(kind)) return new ApiError("invalid_request", cut(error.message));
  return new ApiError("upstream_error", `The upstream reported an error: ${cut(error.message)}`);
}

/**
 * What a failure after an answer had begun says of its upstream. An overload counts too, unlike one told by a status: by then no other
 * upstream can take the call over.
 */
export function healthAfter(error: ApiError): UpstreamFailure["health"] {
  if (error.code === "invalid_request" || error.code === "context_length_exceeded") return "alive";
  return error instanceof UpstreamTimeout && error.limit === "total" ? "unknown" : "failing";
}

const unreachable = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const notConnected = new Set(["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT"]);
const brokenOff = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_CLOSED", "UND_ERR_DESTROYED"]);

const brokeOff = "The connection to the upstream broke off.";

/** Reads what `send` or the body threw. */
export function failureOfThrown(thrown: unknown): UpstreamFailure {
  if (thrown instanceof UpstreamTimeout) {
    // Whoever waited the whole time an answer may take does not wait it again.
    const late = thrown.limit !== "total";
    const health = late ? "failing" : "unknown";
    return { error: thrown, retryable: false, elsewhere: late, health, status: null, retryAfterMs: null };
  }
  if (thrown instanceof ApiError) {
    return {
      error: thrown,
      retryable: false,
      elsewhere: false,
      health: "unknown",
      status: null,
      retryAfterMs: null,
    };
  }
  const code = errorCode(thrown) ?? (thrown instanceof Error ? errorCode(thrown.cause) : null);
  const failure = (name: ErrorCode, message: string, retryable: boolean): UpstreamFailure => ({
    error: new ApiError(name, message, { cause: thrown }),
    retryable,
    elsewhere: true,
    health: "failing",
    status: null,
    retryAfterMs: null,
  });
  if (code === null) return failure("upstream_error", brokeOff, false);
  if (notConnected.has(code)) {
    return failure("upstream_timeout", "The upstream did not accept a connection in time.", true);
  }
  if (unreachable.has(code)) return failure("upstream_unavailable", "The upstream cannot be reached.", true);
  return failure("upstream_error", brokeOff, brokenOff.has(code));
}

function errorCode(thrown: unknown): string | null {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : null;
}

function parseErrorBody(text: string): UpstreamErrorBody | null {
  try {
    const parsed = parseChatCompletion(JSON.parse(text));
    return parsed && isUpstreamError(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** `Retry-After` in seconds; a date is not read, since the upstream's clock is not ours. */
function parseRetryAfter(value: string | undefined): number | null {
  const seconds = value?.trim() ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function cut(message: string): string {
  return message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;
}
