"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Ctrl or Cmd with Shift and O begins a new chat; with a full stop it stops the reply. */
export function useShortcuts(onStop: () => void): void {
  const router = useRouter();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const isNewChat = event.shiftKey && event.code === "KeyO";
      const isStop = !event.shiftKey && event.key === ".";
      if (!isNewChat && !isStop) return;
      event.preventDefault();
      if (isNewChat) router.push("/chat");
      else onStop();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [router, onStop]);
}
