import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { timeZoneOf } from "#app/(console)/usage/question-of.ts";
import { explainError } from "#app/api/refusals-in-chinese.ts";
import { getBaseUrl } from "#app/base-url.ts";
import { RequestDetails } from "#components/console/requests/request-details.tsx";
import { paths } from "#components/shell/paths.ts";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getEmails, getKeyNames } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { findRequest } from "#lib/usage/store/requests.ts";

/** What the installation recorded of a request. What was sent and answered is its account's alone to read. */
export async function AnyRequestView({ requestId }: { requestId: string }) {
  await requireAdmin();
  const db = getDb();
  const request = await findRequest(db, requestId);
  if (!request) notFound();
  const { accountId, keyId } = request;
  const [emails, keys, baseUrl, jar, locale] = await Promise.all([
    getEmails(db, [accountId]),
    getKeyNames(db, keyId === null ? [] : [keyId]),
    getBaseUrl(),
    cookies(),
    getLocale(),
  ]);
  return (
    <RequestDetails
      request={request}
      keyName={keyId === null ? null : (keys[keyId]?.name ?? null)}
      baseUrl={baseUrl}
      timeZone={timeZoneOf(jar)}
      explained={explainError(request.errorCode ?? "", locale)}
      owner={{ email: emails[accountId] ?? accountId, path: `${paths.admin}/accounts/${accountId}` }}
    />
  );
}
