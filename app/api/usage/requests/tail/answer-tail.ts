import { z } from "zod";
import { questionOf, searchParamsOf } from "#app/(console)/usage/question-of.ts";
import { getDb } from "#lib/db/client.ts";
import { readLogTail } from "#lib/usage/store/request-log.ts";
import type { UsageScope } from "#lib/usage/usage-filter.ts";
import { ApiError } from "#lib/wire/errors.ts";

const mostGiven = 100;
const mostWatched = 100;

const formSchema = z.object({
  since: z.iso.datetime(),
  watch: z
    .preprocess((value) => (typeof value === "string" ? [value] : value), z.array(z.string().max(100)))
    .default([]),
});

/**
 * What has come into the log of a scope since a moment, with the filters of the log's page.
 * @throws ApiError `invalid_request` (400)
 */
export async function answerTail(request: Request, scope: UsageScope): Promise<Response> {
  const params = searchParamsOf(new URL(request.url).searchParams);
  const form = formSchema.safeParse(params);
  if (!form.success) {
    throw new ApiError(
      "invalid_request",
      "`since` must be a moment in ISO 8601, such as 2026-01-01T00:00:00Z.",
      {
        param: "since",
      },
    );
  }
  const now = new Date();
  const { filter, range } = await questionOf(params, now);
  const since = new Date(Math.max(new Date(form.data.since).getTime(), range.from.getTime()));
  const tail = await readLogTail(getDb(), scope, {
    since,
    watched: form.data.watch.slice(0, mostWatched),
    filter,
    limit: mostGiven,
  });
  return Response.json(tail, { headers: { "cache-control": "no-store" } });
}
