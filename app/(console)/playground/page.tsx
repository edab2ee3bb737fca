import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { getBaseUrl } from "#app/base-url.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { Playground } from "#components/console/playground/playground.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { getConfig } from "#lib/ops/config.ts";
import { readBody } from "#lib/usage/store/request-bodies.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { parseResponsesRequest } from "#lib/wire/responses/request.ts";
import { toChatRequest } from "#lib/wire/responses/to-chat-request.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("playground"))("title") };
}

const replaySchema = z.string().max(100).optional().catch(undefined);

/** Requests made by hand; `?replay=` begins with one whose body is kept. */
export default async function PlaygroundPage({
  searchParams,
}: {
  searchParams: Promise<{ replay?: string | string[] }>;
}) {
  const account = await requireAccount();
  const replay = replaySchema.parse((await searchParams).replay);
  const [t, baseUrl, replayed] = await Promise.all([
    getTranslations("playground"),
    getBaseUrl(),
    replay === undefined ? null : bodyToReplay(account.id, replay),
  ]);
  const model = getModel(defaultModelId);
  return (
    <ClientMessages areas={["playground", "requests"]}>
      <div className="mx-auto flex w-full max-w-280 flex-col gap-5 px-4 py-6 sm:px-8 sm:py-8">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h1 className="text-20">{t("title")}</h1>
          <p className="text-13 text-muted">{t("metered")}</p>
        </header>
        {replay !== undefined && replayed === null && (
          <p role="alert" className="text-13 text-muted">
            {t("nothingToReplay")}
          </p>
        )}
        <Playground
          key={replay ?? ""}
          model={defaultModelId}
          maxOutputTokens={model?.maxOutputTokens ?? 0}
          baseUrl={baseUrl}
          replayed={replayed}
        />
      </div>
    </ClientMessages>
  );
}

/** The kept body of a request as that of a chat completion; null where none is kept. */
async function bodyToReplay(accountId: string, requestId: string): Promise<unknown> {
  const db = getDb();
  const [request, body] = await Promise.all([
    getRequest(db, accountId, requestId),
    readBody(db, getConfig().authSecret, { accountId, requestId }, new Date()),
  ]);
  if (!request || body === null || body.request === null) return null;
  const sent: unknown = JSON.parse(body.request);
  if (request.endpoint !== "responses") return sent;
  try {
    return toChatRequest(parseResponsesRequest(sent)).chat;
  } catch (error) {
    // It refers to items of earlier answers.
    if (error instanceof ApiError) return null;
    throw error;
  }
}
