import type { ReactNode } from "react";
import { signOutAction, signOutEverywhereAction } from "#app/(auth)/sign-out.ts";
import { toChatList } from "#app/api/chats/to-chat-list.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { ChatShell } from "#components/chat/chat-shell.tsx";
import type { MessageArea } from "#components/messages/messages.ts";
import { OfflineBanner } from "#components/shell/banner-slot.tsx";
import { PageAccount } from "#components/shell/page-account.tsx";
import { isAdmin } from "#lib/accounts/admin.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { toNoticeRecord } from "#lib/alerts/notice.ts";
import { listBudgetNotices } from "#lib/alerts/store/banner.ts";
import { listChats } from "#lib/chat/store/chats.ts";
import { listFolders } from "#lib/chat/store/folders.ts";
import { getDb } from "#lib/db/client.ts";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { pricesAt } from "#lib/models/price-periods.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getProviderName } from "#lib/ops/provider.ts";
import { listPrices } from "#lib/usage/store/prices.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";

const areas: MessageArea[] = [
  "chat",
  "attachments",
  "composer",
  "prompts",
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
  const [quota, notices, recent, pinned, folders, admin, stored] = await Promise.all([
    getQuotaToday(getDb(), account.id, getConfig().limits, new Date()),
    listBudgetNotices(getDb(), account.id, new Date()),
    listChats(getDb(), account.id, null),
    listChats(getDb(), account.id, null, { kind: "pinned" }),
    listFolders(getDb(), account.id),
    isAdmin(getDb(), account),
    listPrices(getDb()),
  ]);
  const { email, name, plan } = account;
  const model = getModel(defaultModelId);
  return (
    <ClientMessages areas={areas}>
      <PageAccount id={account.id} />
      <ChatShell
        account={{ email, name, plan }}
        quota={quota}
        admin={admin}
        prices={model && pricesAt(model, stored, new Date())}
        chats={{ recent: toChatList(recent), pinned: toChatList(pinned), folders }}
        notices={notices.map(toNoticeRecord)}
        banner={getProviderName() === "offline" && <OfflineBanner />}
        signOutAction={signOutAction}
        signOutEverywhereAction={signOutEverywhereAction}
      >
        {children}
      </ChatShell>
    </ClientMessages>
  );
}
