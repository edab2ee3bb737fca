interface ErrorRow {
  status: number;
  /** OpenAI's `error.type`. */
  type: string;
  /** Whether the same request may succeed when sent again soon. */
  retryable: boolean;
  meaning: string;
  whatToDo: string;
}

/** Every error the API can answer with. Responses and the docs page derive from this table. */
export const errorTable = {
  invalid_request: {
    status: 400,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The body is not valid JSON, or a field is missing or has a value that is not accepted.",
    whatToDo: "Correct the field named in `param` and send the request again.",
  },
  context_length_exceeded: {
    status: 400,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The input and the requested output together exceed the model's context window.",
    whatToDo: "Shorten the input, drop old messages, or lower `max_completion_tokens`.",
  },
  invalid_key: {
    status: 401,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The API key is missing, malformed, expired or revoked.",
    whatToDo: "Send `Authorization: Bearer sk-aig-…` with a key that is listed on the keys page.",
  },
  key_disabled: {
    status: 403,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The API key is valid, but its owner has switched it off.",
    whatToDo: "Enable it on the keys page, or use another key.",
  },
  not_signed_in: {
    status: 401,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The call belongs to the pages and there is no session, or it has ended.",
    whatToDo: "Sign in and repeat it. Programs call `/v1` with a key instead.",
  },
  wrong_credentials: {
    status: 401,
    type: "invalid_request_error",
    retryable: false,
    meaning: "There is no account with this e-mail and password.",
    whatToDo: "Check both and sign in again, or sign up.",
  },
  budget_exceeded: {
    status: 402,
    type: "insufficient_quota",
    retryable: false,
    meaning:
      "The budget of the key or of the account is used up. The request was not sent and is not charged.",
    whatToDo: "Raise the budget, or wait until it resets.",
  },
  scope_exceeded: {
    status: 403,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The key is not allowed to use this model or this endpoint.",
    whatToDo: "Use a key whose scope includes it, or widen the scope of this key.",
  },
  foreign_origin: {
    status: 403,
    type: "invalid_request_error",
    retryable: false,
    meaning: "A page of another site tried to change something here.",
    whatToDo:
      "Use the pages of this installation. Behind a reverse proxy that changes `Host`, set `PUBLIC_URL`.",
  },
  model_not_found: {
    status: 404,
    type: "invalid_request_error",
    retryable: false,
    meaning: "There is no model with this id.",
    whatToDo: "Take an id from `GET /v1/models`, with its `provider/` prefix.",
  },
  not_found: {
    status: 404,
    type: "invalid_request_error",
    retryable: false,
    meaning: "There is nothing at this path, or it belongs to another account.",
    whatToDo: "Check the path and the id.",
  },
  method_not_allowed: {
    status: 405,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The path exists but does not answer to this HTTP method.",
    whatToDo: "Use a method named in the `Allow` header.",
  },
  email_taken: {
    status: 409,
    type: "invalid_request_error",
    retryable: false,
    meaning: "There is already an account with this e-mail.",
    whatToDo: "Sign in to it, or sign up with another e-mail.",
  },
  generation_running: {
    status: 409,
    type: "invalid_request_error",
    retryable: true,
    meaning: "This branch of the chat already has a reply being written.",
    whatToDo: "Wait until the reply has ended, or stop it.",
  },
  idempotency_key_reused: {
    status: 409,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The `Idempotency-Key` was used within a day for a call with another body or endpoint.",
    whatToDo: "Repeat a call with exactly its body, and give every new call a key of its own.",
  },
  payload_too_large: {
    status: 413,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The body is larger than the gateway accepts.",
    whatToDo: "Send fewer or smaller images, or split the request.",
  },
  file_type_not_accepted: {
    status: 415,
    type: "invalid_request_error",
    retryable: false,
    meaning: "A file attached in the chat is no picture, PDF or text, whatever it is called.",
    whatToDo: "Attach a PNG, JPEG, WebP, GIF, AVIF or HEIC picture, a PDF, or text in UTF-8.",
  },
  file_too_large: {
    status: 413,
    type: "invalid_request_error",
    retryable: false,
    meaning: "A file attached in the chat has more bytes than its kind may have.",
    whatToDo: "Attach a smaller file, or a part of it.",
  },
  file_unreadable: {
    status: 422,
    type: "invalid_request_error",
    retryable: false,
    meaning: "A file attached in the chat is damaged, protected by a password, or takes too much to decode.",
    whatToDo: "Open it on your machine, save it anew, and attach that.",
  },
  file_storage_full: {
    status: 409,
    type: "invalid_request_error",
    retryable: false,
    meaning: "The files of the account's chats take all of the room there is for them.",
    whatToDo:
      "Delete chats with files that are not needed any more, or ask who runs this installation for more room.",
  },
  rate_limited: {
    status: 429,
    type: "requests",
    retryable: true,
    meaning: "The key made more requests in a minute than its plan allows.",
    whatToDo: "Wait as many seconds as `Retry-After` says, then send it again.",
  },
  daily_quota_exceeded: {
    status: 429,
    type: "insufficient_quota",
    retryable: false,
    meaning: "The account's free requests of this UTC day are used up.",
    whatToDo: "Wait until 00:00 UTC (`Retry-After` counts the seconds), or move to the paid plan.",
  },
  internal: {
    status: 500,
    type: "server_error",
    retryable: true,
    meaning: "The gateway failed.",
    whatToDo: "Send it again. If it fails again, report the `x-request-id` of the response.",
  },
  upstream_error: {
    status: 502,
    type: "server_error",
    retryable: true,
    meaning: "The service that runs the model answered with an error or broke off.",
    whatToDo: "Send it again after a short pause.",
  },
  upstream_unavailable: {
    status: 503,
    type: "server_error",
    retryable: true,
    meaning: "The service that runs the model is overloaded or cannot be reached.",
    whatToDo: "Wait as long as `Retry-After` says, or a few seconds, then send it again.",
  },
  upstream_timeout: {
    status: 504,
    type: "server_error",
    retryable: true,
    meaning: "The service that runs the model did not answer in time.",
    whatToDo: "Send it again. Ask for a stream when the answer is long.",
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

export interface ApiErrorOptions {
  /** The request field at fault, for example `messages[3].content`. */
  param?: string | null;
  retryAfterS?: number;
  cause?: unknown;
}

/** An expected failure: a row of the error table and a message for the caller. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly retryAfterS?: number;

  constructor(code: ErrorCode, message: string, options: ApiErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.param = options.param ?? null;
    if (options.retryAfterS !== undefined) this.retryAfterS = options.retryAfterS;
  }
}

export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: ErrorCode };
}

/** The JSON body of an error response; also the payload of an in-stream error event. */
export function errorBody(error: ApiError): ErrorBody {
  const { message, param, code } = error;
  return { error: { message, type: errorTable[code].type, param, code } };
}

/** Whether the same request may succeed when sent again soon. */
export function isRetryable(code: ErrorCode): boolean {
  return errorTable[code].retryable;
}
