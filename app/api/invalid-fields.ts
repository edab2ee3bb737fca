import { ApiError } from "#lib/wire/errors.ts";

/** A form whose fields need correcting: `fields` has one sentence for each of them. */
export class InvalidFields extends ApiError {
  readonly fields: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, string>>) {
    const [[param, message] = [null, "The form has errors."]] = Object.entries(fields);
    super("invalid_request", message, { param });
    this.fields = fields;
  }
}
