import { z } from "zod";
import { questionOf, searchParamsOf } from "#app/(console)/usage/question-of.ts";
import { handle } from "#app/api/handle.ts";
import { readerOf, sendExport } from "#app/api/usage/export/send-export.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import { getEmails, getKeyNames } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { breakdownColumns } from "#lib/usage/export-columns.ts";
import { exportFormats, formatExport } from "#lib/usage/export-format.ts";
import { getBreakdown } from "#lib/usage/store/usage-panels.ts";
import type { BreakdownRow } from "#lib/usage/usage-panels.ts";
import type { UsageStack } from "#lib/usage/usage-question.ts";
import { ApiError } from "#lib/wire/errors.ts";

const formSchema = z.object({ what: z.literal("breakdown"), format: z.enum(exportFormats) });

/** The breakdown that `/admin/usage` shows with the same parameters, as a file. */
export const GET = handle(async (request) => {
  await requireApiAdmin();
  const params = searchParamsOf(new URL(request.url).searchParams);
  const form = formSchema.safeParse(params);
  if (!form.success) {
    throw new ApiError("invalid_request", "`what` must be breakdown, `format` csv or json.", {
      param: String(form.error.issues[0]?.path[0] ?? "what"),
    });
  }
  const question = await questionOf(params, new Date());
  const rows = await getBreakdown(getDb(), { kind: "installation" }, question);
  const columns = breakdownColumns(question.by, await nameOfRows(question.by, rows));
  const { format } = form.data;
  return sendExport(formatExport(readerOf(rows), columns, format), {
    ...form.data,
    range: question.range,
  });
});

async function nameOfRows(
  by: UsageStack,
  rows: readonly BreakdownRow[],
): Promise<(value: string) => string | null> {
  const ids = rows.map(({ value }) => value);
  if (by === "account") {
    const emails = await getEmails(getDb(), ids);
    return (value) => emails[value] ?? null;
  }
  if (by !== "key") return () => null;
  const keys = await getKeyNames(getDb(), ids);
  return (value) => keys[value]?.name ?? null;
}
