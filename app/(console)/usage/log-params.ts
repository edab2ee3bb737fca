import { z } from "zod";
import { parseCursor } from "#lib/usage/request-cursor.ts";
import type { SearchParams } from "./question-of.ts";

const paramsSchema = z.object({
  after: z
    .string()
    .refine((text) => parseCursor(text) !== null)
    .optional()
    .catch(undefined),
  id: z.string().trim().min(1).max(100).optional().catch(undefined),
});

/** Where a page of the log begins, and the request that is looked for; what is not understood is as if it were left out. */
export function readLogParams(params: SearchParams): z.infer<typeof paramsSchema> {
  return paramsSchema.parse(params);
}
