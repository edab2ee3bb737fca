import { unstable_rethrow } from "next/navigation";
import { getLocale } from "next-intl/server";
import { getConfig } from "#lib/ops/config.ts";
import { newId } from "#lib/ops/ids.ts";
import { getLog } from "#lib/ops/log.ts";
import { ApiError, errorBody, errorTable } from "#lib/wire/errors.ts";
import { InvalidFields } from "./invalid-fields.ts";
import { isForeignCall } from "./is-foreign-call.ts";
import { fieldRefusalsInChinese, refusalInChinese } from "./refusals-in-chinese.ts";

type RouteHandler<Context> = (request: Request, context: Context) => Promise<Response>;

/**
 * Wraps a route handler: gives every response an `x-request-id`, turns an `ApiError` into its JSON and anything
 * unexpected into a logged `internal`, and refuses changes asked for by pages of other sites.
 */
export function handle<Context = unknown>(handler: RouteHandler<Context>): RouteHandler<Context> {
  return async (request, context) => {
    const requestId = newId("req");
    const response = await answer(handler, request, context, requestId);
    const tagged = new Response(response.body, response);
    tagged.headers.set("x-request-id", requestId);
    return tagged;
  };
}

async function answer<Context>(
  handler: RouteHandler<Context>,
  request: Request,
  context: Context,
  requestId: string,
): Promise<Response> {
  try {
    if (isForeignCall(request.method, request.headers, getConfig().publicUrl)) {
      throw new ApiError("foreign_origin", "This call came from a page of another site and was refused.");
    }
    return await handler(request, context);
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof ApiError) return errorResponse(error);
    getLog().error({ err: error, requestId, path: new URL(request.url).pathname }, "a route handler failed");
    return errorResponse(new ApiError("internal", `Something failed here. The request id is ${requestId}.`));
  }
}

/** The error's JSON, its sentences in the language of the person where that is Chinese. */
async function errorResponse(error: ApiError): Promise<Response> {
  const { error: body } = errorBody(error);
  const fields = error instanceof InvalidFields ? error.fields : undefined;
  const chinese = (await getLocale()) === "zh-CN";
  const message = chinese && !fields ? refusalInChinese(body.code, body.message) : body.message;
  const said = fields && chinese ? fieldRefusalsInChinese(fields) : fields;
  const headers = error.retryAfterS === undefined ? {} : { "retry-after": String(error.retryAfterS) };
  return Response.json(
    { error: { ...body, message, ...(said && { fields: said }) } },
    { status: errorTable[error.code].status, headers },
  );
}
