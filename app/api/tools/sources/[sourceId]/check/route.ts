import { handle } from "#app/api/handle.ts";
import { toSourceRecord } from "#app/api/tools/sources/source-record.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { checkSource } from "#lib/chat/tools/sources/check.ts";
import { getSource } from "#lib/chat/tools/store/sources.ts";

interface Context {
  params: Promise<{ sourceId: string }>;
}

/** Asks a source again what it offers. */
export const POST = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const environment = getChatEnvironment();
  const source = await getSource(environment.db, account.id, (await params).sourceId);
  const checked = source && (await checkSource(environment, account.id, source));
  return Response.json({ source: toSourceRecord(checked) });
});
