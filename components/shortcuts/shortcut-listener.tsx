"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { useOpenChat } from "#components/chat/use-open-chat.ts";
import { paths } from "#components/shell/paths.ts";
import { useRail } from "#components/shell/use-rail.ts";
import { type ActId, currentActs, useActs } from "./acts.ts";
import { overlayStore } from "./overlay-store.ts";
import { type Place, shortcutOf } from "./shortcuts.ts";
import { isMac } from "./use-mac.ts";

const Palette = dynamic(() => import("./palette.tsx").then((module) => module.Palette), { ssr: false });
const HelpSheet = dynamic(() => import("./help-sheet.tsx").then((module) => module.HelpSheet), {
  ssr: false,
});

/** The one listener for shortcuts, and what they open over the page. */
export function ShortcutListener() {
  const overlay = useSyncExternalStore(overlayStore.subscribe, overlayStore.get, () => null);
  const router = useRouter();
  const openChat = useOpenChat();
  const { toggle } = useRail();
  useActs({
    palette: () => overlayStore.show(overlayStore.get() === "palette" ? null : "palette"),
    search: () => overlayStore.show("palette"),
    help: () => overlayStore.show(overlayStore.get() === "help" ? null : "help"),
    newChat: () => router.push(paths.chat),
    sidebar: toggle,
    previousChat: () => goToNeighbour(-1, openChat),
    nextChat: () => goToNeighbour(1, openChat),
  });
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      {overlay === "palette" && <Palette onClose={() => overlayStore.show(null)} />}
      {overlay === "help" && <HelpSheet onClose={() => overlayStore.show(null)} />}
    </>
  );
}

/** These work while a dialog is open too: they open or close one. */
const overDialogs: ReadonlySet<ActId> = new Set(["palette", "help"]);

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const id = shortcutOf(event, placeOf(event.target), isMac());
  if (id === null) return;
  const dialog = document.querySelector("[role=dialog], [role=alertdialog]");
  if (dialog && (!overDialogs.has(id) || overlayStore.get() === null)) return;
  const act = currentActs()[id];
  if (!act) return;
  event.preventDefault();
  act();
}

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return "outside";
  if (target instanceof HTMLTextAreaElement && target.name === "message" && target.value === "") {
    return "emptyComposer";
  }
  const typing = target.isContentEditable || target.matches("input, textarea, select, [role=menu] *");
  return typing ? "field" : "outside";
}

/** Goes to the chat above or below the open one in the list as it is shown, or from no chat to its first. */
function goToNeighbour(step: 1 | -1, go: (path: string) => void): void {
  const links = [
    ...document.querySelectorAll<HTMLAnchorElement>(`[data-part=rail] a[href^="${paths.chat}/"]`),
  ];
  const hrefs = [...new Set(links.map((link) => link.pathname))];
  const at = hrefs.indexOf(window.location.pathname);
  const next = at === -1 ? hrefs[0] : hrefs[at + step];
  if (next) go(next);
}
