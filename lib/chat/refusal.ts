/** Why the chat refuses what it was asked. Another account's chat is `not_found`, as an absent one. */
export type RefusalReason =
  | "not_found"
  | "file_missing"
  | "generation_running"
  | "id_taken"
  | "parent_not_an_answer"
  | "nothing_to_regenerate"
  | "nothing_to_continue"
  | "nothing_to_edit"
  | "nothing_to_approve"
  | "nothing_to_follow";

/** An expected failure of a chat operation; rolls back the transaction it is thrown in. */
export class ChatRefusal extends Error {
  override readonly name = "ChatRefusal";
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}
