import { ChatRefusal, type RefusalReason } from "#lib/chat/refusal.ts";
import { ApiError, type ErrorCode } from "#lib/wire/errors.ts";

const answers: Record<RefusalReason, { code: ErrorCode; message: string; param?: string }> = {
  not_found: { code: "not_found", message: "There is no such chat or message." },
  file_missing: {
    code: "invalid_request",
    message: "One of the files is not there any more. Remove it and attach it again.",
    param: "message.parts",
  },
  generation_running: {
    code: "generation_running",
    message: "A reply is being written here already. Wait until it has ended, or stop it.",
  },
  id_taken: { code: "invalid_request", message: "A message with this id exists already." },
  parent_not_an_answer: {
    code: "invalid_request",
    message: "A message can only follow a reply of the model.",
    param: "parentId",
  },
  nothing_to_regenerate: {
    code: "invalid_request",
    message: "This reply has no message that it answers.",
    param: "messageId",
  },
  nothing_to_continue: {
    code: "invalid_request",
    message: "Only the last reply of a branch can be continued, and only when it ended early.",
    param: "messageId",
  },
  nothing_to_edit: {
    code: "invalid_request",
    message: "Only what a reply that has ended says can be edited, and not to nothing.",
    param: "texts",
  },
  nothing_to_approve: {
    code: "invalid_request",
    message: "This call does not wait for approval any more.",
    param: "toolCallId",
  },
  nothing_to_follow: {
    code: "invalid_request",
    message: "Follow-ups are suggested for whole answers of chats that are kept.",
    param: "messageId",
  },
};

/** Gives what the chat did, or its refusal as an `ApiError`. */
export async function orRefuse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ChatRefusal)) throw error;
    const { code, message, param } = answers[error.reason];
    throw new ApiError(code, message, { param: param ?? null, cause: error });
  }
}

/** The value, or `not_found` when there is none. */
export function required<T>(value: T | null): T {
  if (value === null) throw new ApiError("not_found", answers.not_found.message);
  return value;
}
