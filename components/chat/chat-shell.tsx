"use client";

import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "#components/shell/app-shell.tsx";
import { ShortcutListener } from "#components/shortcuts/shortcut-listener.tsx";
import { ChatListProvider } from "./chat-list-context.tsx";
import type { SidebarContent } from "./chat-list-store.ts";
import { QuotaProvider, useQuota } from "./quota-context.tsx";
import { ChatSidebar } from "./sidebar/chat-sidebar.tsx";
import { SignInPrompt } from "./sign-in/sign-in-prompt.tsx";

export interface ChatShellProps extends Omit<AppShellProps, "sidebar" | "children"> {
  chats: SidebarContent;
  children: ReactNode;
}

/** The shell with the list of chats, its figures kept current while the person chats. */
export function ChatShell({ chats, quota, children, ...shell }: ChatShellProps) {
  return (
    <QuotaProvider initial={quota}>
      <ChatListProvider initial={chats}>
        <LiveShell {...shell}>{children}</LiveShell>
        <ShortcutListener />
        <SignInPrompt email={shell.account.email} />
      </ChatListProvider>
    </QuotaProvider>
  );
}

function LiveShell({ children, ...shell }: Omit<ChatShellProps, "chats" | "quota">) {
  const { quota } = useQuota();
  return (
    <AppShell {...shell} quota={quota} sidebar={<ChatSidebar />}>
      {children}
    </AppShell>
  );
}
