import { z } from "zod";
import { storableText } from "#lib/ops/storable-text.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { describeIssue } from "#lib/wire/request-issue.ts";

/**
 * The request's JSON body, checked, its strings as a database can store them.
 * @throws ApiError `invalid_request`, naming the first field at fault
 */
export async function readJson<T>(request: Request, schema: z.core.$ZodType<T>): Promise<T> {
  const parsed = z.safeParse(schema, await readBody(request), { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  if (unknown !== undefined) {
    throw new ApiError("invalid_request", `\`${unknown}\` is not a field of this request.`, {
      param: unknown,
    });
  }
  const { param, message } = describeIssue(parsed.error);
  throw new ApiError("invalid_request", message, { param });
}

async function readBody(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text(), (_key, value: unknown) =>
      typeof value === "string" ? storableText(value) : value,
    );
  } catch (error) {
    throw new ApiError("invalid_request", "The request body is not valid JSON.", { cause: error });
  }
}
