"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { paths } from "#components/shell/paths.ts";

/** Whether the page that stands shows chats: it can show another one without being left. */
export function isChatPage(): boolean {
  const { pathname } = window.location;
  return pathname === paths.chat || pathname.startsWith(`${paths.chat}/`);
}

/**
 * Opens a chat, or with `#…` one of its messages. From one chat to another only the address changes: the page reads the chat by itself,
 * which takes less than a page anew.
 */
export function useOpenChat(): (path: string) => void {
  const router = useRouter();
  return useCallback(
    (path) => {
      if (!isChatPage()) {
        router.push(path);
        return;
      }
      const [pathname, message] = path.split("#");
      if (window.location.pathname !== pathname) {
        window.history.pushState(null, "", path);
      } else if (message !== undefined) {
        // The chat is open already: the place in the address changes, also when it was the same before.
        window.history.replaceState(null, "", pathname);
        window.location.hash = message;
      }
    },
    [router],
  );
}
