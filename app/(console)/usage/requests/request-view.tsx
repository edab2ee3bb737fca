import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { explainError } from "#app/api/refusals-in-chinese.ts";
import { getBaseUrl } from "#app/base-url.ts";
import { RequestDetails } from "#components/console/requests/request-details.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { listKeys } from "#lib/keys/store.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getBodyDays, readBody } from "#lib/usage/store/request-bodies.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { timeZoneOf } from "../question-of.ts";

/** Everything about a request of the account that is signed in; any other is as absent. */
export async function RequestView({ requestId }: { requestId: string }) {
  const account = await requireAccount();
  const db = getDb();
  const owner = { accountId: account.id, requestId };
  const [request, body, bodyDays, keys, baseUrl, jar, locale] = await Promise.all([
    getRequest(db, account.id, requestId),
    readBody(db, getConfig().authSecret, owner, new Date()),
    getBodyDays(db, account.id),
    listKeys(db, account.id),
    getBaseUrl(),
    cookies(),
    getLocale(),
  ]);
  if (!request) notFound();
  const key = keys.find(({ id }) => id === request.keyId);
  return (
    <RequestDetails
      request={request}
      body={body}
      keepsBodies={bodyDays !== null}
      keyName={key?.name ?? null}
      baseUrl={baseUrl}
      timeZone={timeZoneOf(jar)}
      explained={explainError(request.errorCode ?? "", locale)}
    />
  );
}
