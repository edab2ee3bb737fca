import { z } from "zod";
import { type BucketWidth, bucketAt, bucketWidths, usageGroups } from "#lib/usage/usage-buckets.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** The most, and unless told otherwise the number of, buckets on a page. */
export const maxBuckets = { "1h": 168, "1d": 92, "1mo": 36 } as const satisfies Record<BucketWidth, number>;

const dayMs = 86_400_000;
/** 1 January 2100. */
const latestSecond = 4_102_444_800;
const second = z
  .string()
  .regex(/^\d{1,10}$/, "must be whole seconds since 1970 in UTC")
  .transform(Number)
  .pipe(z.int().max(latestSecond, "must be whole seconds since 1970 in UTC, not beyond the year 2100"));
/** In a URL everything is text; whoever reads the description should send a number. */
const documentedAsInteger = { type: "integer", pattern: undefined };

/** The query of `GET /v1/usage`, as it stands in the URL. */
export const usageQuerySchema = z.strictObject({
  start_time: second.optional().meta({
    ...documentedAsInteger,
    description: "Unix seconds, UTC; the 30 days before `end_time` if left out.",
  }),
  end_time: second.optional().meta({
    ...documentedAsInteger,
    description: "Unix seconds, UTC, itself not included; now if left out.",
  }),
  bucket_width: z
    .enum(bucketWidths, { error: "must be one of 1h, 1d, 1mo" })
    .default("1d")
    .describe("A UTC hour, day or month."),
  group_by: z
    .array(z.enum(usageGroups, { error: "must be of model, key, source, tag" }))
    .default([])
    .describe("Repeated, or separated by commas."),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "must be a whole number above 0")
    .transform(Number)
    .optional()
    .meta({
      ...documentedAsInteger,
      minimum: 1,
      description: "Buckets on a page: at most, and unless given, 168 hours, 92 days or 36 months.",
    }),
  page: second.optional().meta({ description: "`next_page` of the page before." }),
});

/** What `GET /v1/usage` is asked for; `from` is where this page begins. */
export interface UsageQuery {
  from: Date;
  to: Date;
  width: BucketWidth;
  groupBy: z.infer<typeof usageQuerySchema>["group_by"];
  limit: number;
}

/**
 * Reads the query string.
 * @throws ApiError `invalid_request` naming the parameter
 */
export function readUsageQuery(params: URLSearchParams, now: Date): UsageQuery {
  const parsed = usageQuerySchema.safeParse(toFields(params));
  if (!parsed.success) throw refuse(parsed.error);
  const { start_time, end_time, bucket_width: width, group_by: groupBy, limit, page } = parsed.data;
  const to = end_time === undefined ? now : new Date(end_time * 1000);
  const start = start_time === undefined ? new Date(to.getTime() - 30 * dayMs) : new Date(start_time * 1000);
  if (start >= to) {
    const param = end_time === undefined ? "start_time" : "end_time";
    const rule = end_time === undefined ? "must be in the past" : "must be later than `start_time`";
    throw new ApiError("invalid_request", `\`${param}\` ${rule}.`, { param });
  }
  const most = maxBuckets[width];
  if (limit !== undefined && limit > most) {
    throw new ApiError("invalid_request", `\`limit\` must be at most ${most} for this \`bucket_width\`.`, {
      param: "limit",
    });
  }
  return {
    from: beginOf(page, { start, to, width }),
    to,
    width,
    groupBy: [...new Set(groupBy)],
    limit: limit ?? most,
  };
}

function beginOf(
  page: number | undefined,
  { start, to, width }: { start: Date; to: Date; width: BucketWidth },
): Date {
  if (page === undefined) return start;
  const from = new Date(page * 1000);
  if (from > start && from < to && bucketAt(from, width).start.getTime() === from.getTime()) return from;
  throw new ApiError("invalid_request", "`page` must be the `next_page` of the same query.", {
    param: "page",
  });
}

function toFields(params: URLSearchParams): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const [sent, value] of params) {
    const name = sent === "group_by[]" ? "group_by" : sent;
    const before = fields[name];
    if (name === "group_by") {
      fields[name] = [...(Array.isArray(before) ? before : []), ...value.split(",")];
    } else if (before === undefined) fields[name] = value;
    else throw new ApiError("invalid_request", `\`${name}\` is given twice.`, { param: name });
  }
  return fields;
}

function refuse({ issues: [issue] }: z.ZodError): ApiError {
  if (issue?.code === "unrecognized_keys") {
    const param = issue.keys[0] ?? "";
    return new ApiError("invalid_request", `\`${param}\` is not a parameter of this call.`, { param });
  }
  const param = String(issue?.path[0] ?? "");
  return new ApiError("invalid_request", `\`${param}\` ${issue?.message ?? "is not valid"}.`, { param });
}
