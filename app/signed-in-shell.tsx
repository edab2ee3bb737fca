import type { ReactNode } from "react";
import { signOutAction, signOutEverywhereAction } from "#app/(auth)/sign-out.ts";
import { writeCursor } from "#app/api/chats/cursor.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { ChatShell } from "#components/chat/chat-shell.tsx";
import type { MessageArea } from "#components/messages/messages.ts";
import { OfflineBanner } from "#components/shell/banner-slot.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { listChats } from "#lib/chat/store/chats.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getProviderName } from "#lib/ops/provider.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";

const areas: MessageArea[] = [
  "chat",
  "attachments",
  "composer",
  "sidebar",
  "tools",
  "data",
  "settings",
  "keys",
  "usage",
  "requests",
];

/** The frame of every page of a signed-in account, chat and console alike. */
export async function SignedInShell({ children }: { children: ReactNode }) {
  const account = await requireAccount();
  const [quota, { chats, next }] = await Promise.all([
    getQuotaToday(getDb(), account.id, getConfig().limits, new Date()),
    listChats(getDb(), account.id, null),
  ]);
  const { email, name, plan } = account;
  return (
    <ClientMessages areas={areas}>
      <ChatShell
        account={{ email, name, plan }}
        quota={quota}
        chats={{
          chats: chats.map((chat) => ({ ...chat, lastMessageAt: chat.lastMessageAt.toISOString() })),
          nextCursor: next && writeCursor(next),
        }}
        banner={getProviderName() === "offline" && <OfflineBanner />}
        signOutAction={signOutAction}
        signOutEverywhereAction={signOutEverywhereAction}
      >
        {children}
      </ChatShell>
    </ClientMessages>
  );
}
