/** Why a file is not taken. */
export type FileRefusalReason = "type" | "size" | "unreadable" | "storage_full";

/** An expected failure of storing a file; the message says what to do. */
export class FileRefusal extends Error {
  override readonly name = "FileRefusal";
  readonly reason: FileRefusalReason;

  constructor(reason: FileRefusalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
