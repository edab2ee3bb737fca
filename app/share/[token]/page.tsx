import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { cache } from "react";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { SharedThread } from "#components/data/shared-thread.tsx";
import { getSharedChat } from "#lib/chat/store/shares.ts";
import { getDb } from "#lib/db/client.ts";

interface Props {
  params: Promise<{ token: string }>;
}

/** Read once for the page and its title. */
const readShare = cache((token: string) => getSharedChat(getDb(), token));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const chat = await readShare((await params).token);
  // The address is the only key to the page: it must not go to the sites that an answer links to.
  return {
    title: chat?.title ?? "AIgateway",
    robots: { index: false, follow: false },
    referrer: "no-referrer",
  };
}

/** A shared chat, for anybody with its address. */
export default async function SharePage({ params }: Props) {
  const { token } = await params;
  const chat = await readShare(token);
  if (!chat) notFound();
  const [t, format] = await Promise.all([getTranslations("data.page"), getFormatter()]);
  const date = format.dateTime(chat.takenAt, { dateStyle: "long" });
  return (
    <ClientMessages areas={["chat"]}>
      <div className="mx-auto w-full max-w-[47.5rem] px-4 py-8 sm:py-12">
        <header className="mb-8 border-border border-b pb-5">
          <h1 dir="auto" className="text-balance break-words text-28">
            {chat.title}
          </h1>
          <p className="mt-2 text-14 text-muted">
            {chat.authorName !== null && <>{t("by", { name: chat.authorName })} · </>}
            {t("taken", { date })}
          </p>
        </header>
        <SharedThread messages={chat.messages} filesPath={`/share/${token}/files`} />
        <p className="mt-12 border-border border-t pt-4 text-13 text-muted">{t("notice")}</p>
      </div>
    </ClientMessages>
  );
}
