"use client";

import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "#components/shell/app-shell.tsx";
import { BudgetBanner } from "#components/shell/budget-banner.tsx";
import { ShortcutListener } from "#components/shortcuts/shortcut-listener.tsx";
import type { NoticeRecord } from "#lib/alerts/notice.ts";
import type { ModelPrices } from "#lib/models/model.ts";
import { ChatListProvider } from "./chat-list-context.tsx";
import type { SidebarContent } from "./chat-list-store.ts";
import { PricesProvider } from "./prices-context.tsx";
import { QuotaProvider, useQuota } from "./quota-context.tsx";
import { ChatSidebar } from "./sidebar/chat-sidebar.tsx";
import { SignInPrompt } from "./sign-in/sign-in-prompt.tsx";

export interface ChatShellProps extends Omit<AppShellProps, "sidebar" | "children"> {
  chats: SidebarContent;
  /** Of the chat's model, now. */
  prices: ModelPrices | null;
  /** What is to be said of budgets. */
  notices: readonly NoticeRecord[];
  children: ReactNode;
}

/** The shell with the list of chats, its figures kept current while the person chats. */
export function ChatShell({ chats, quota, prices, notices, children, ...shell }: ChatShellProps) {
  return (
    <QuotaProvider initial={{ quota, notices }}>
      <ChatListProvider initial={chats}>
        <PricesProvider prices={prices}>
          <LiveShell {...shell}>{children}</LiveShell>
        </PricesProvider>
        <ShortcutListener />
        <SignInPrompt email={shell.account.email} />
      </ChatListProvider>
    </QuotaProvider>
  );
}

function LiveShell({
  children,
  banner,
  ...shell
}: Omit<ChatShellProps, "chats" | "prices" | "quota" | "notices">) {
  const { quota, notices } = useQuota();
  const banners = (
    <>
      {banner}
      {notices.map((notice) => (
        <BudgetBanner key={notice.alertId} notice={notice} />
      ))}
    </>
  );
  return (
    <AppShell {...shell} quota={quota} banner={banners} sidebar={<ChatSidebar />}>
      {children}
    </AppShell>
  );
}
