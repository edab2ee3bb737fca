import { z } from "zod";
import { questionOf, searchParamsOf } from "#app/(console)/usage/question-of.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { listKeys } from "#lib/keys/store.ts";
import { breakdownColumns, requestColumns } from "#lib/usage/export-columns.ts";
import { exportFormats, formatExport } from "#lib/usage/export-format.ts";
import { exportRequests } from "#lib/usage/store/usage-export.ts";
import { getBreakdown } from "#lib/usage/store/usage-panels.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { readerOf, sendExport } from "./send-export.ts";

const formSchema = z.object({ what: z.enum(["requests", "breakdown"]), format: z.enum(exportFormats) });

/** What the usage page shows with the same parameters, as a file: each request of the range, or the breakdown. */
export const GET = handle(async (request) => {
  const account = await requireApiAccount();
  const params = searchParamsOf(new URL(request.url).searchParams);
  const form = formSchema.safeParse(params);
  if (!form.success) {
    throw new ApiError("invalid_request", "`what` must be requests or breakdown, `format` csv or json.", {
      param: String(form.error.issues[0]?.path[0] ?? "what"),
    });
  }
  const { what, format } = form.data;
  const question = await questionOf(params, new Date());
  const pieces =
    what === "requests"
      ? formatExport(exportRequests(getDb(), account.id, question), requestColumns, format)
      : await exportBreakdown(account.id, question, format);
  return sendExport(pieces, { what, format, range: question.range });
});

async function exportBreakdown(
  accountId: string,
  question: UsageQuestion,
  format: (typeof exportFormats)[number],
) {
  const db = getDb();
  const [rows, keys] = await Promise.all([
    getBreakdown(db, { kind: "account", accountId }, question),
    listKeys(db, accountId),
  ]);
  const names = new Map(keys.map(({ id, name }) => [id, name]));
  const columns = breakdownColumns(question.by, (value) => names.get(value) ?? null);
  return formatExport(readerOf(rows), columns, format);
}
