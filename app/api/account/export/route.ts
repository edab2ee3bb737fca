import { fileReaderOf } from "#app/api/account/files.ts";
import { downloadHeaders } from "#app/api/download.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { packZip } from "#lib/chat/transfer/pack.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { accountFiles } from "./account-files.ts";

/** Everything of the account as a zip, made while it is downloaded. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  const now = new Date();
  const files = accountFiles(getDb(), account, {
    readFile: fileReaderOf(account.id),
    secret: getConfig().authSecret,
    now,
  });
  const name = `aigateway-${now.toISOString().slice(0, 10)}.zip`;
  return new Response(packZip(files), { headers: downloadHeaders(name, "application/zip") });
});
