"use client";

import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { useRef, useState } from "react";
import { useChatListStore } from "#components/chat/chat-list-context.tsx";
import type { ChatListItem } from "#components/chat/chat-schemas.ts";
import { returnFocus } from "#components/ui/return-focus.ts";
import { currentActs } from "./acts.ts";
import type { Command } from "./command.ts";
import { overlayStore } from "./overlay-store.ts";
import { PaletteList } from "./palette-list.tsx";
import { useChatCommands } from "./use-chat-commands.tsx";
import { useLookCommands } from "./use-look-commands.tsx";
import { useMac } from "./use-mac.ts";
import { usePageCommands } from "./use-page-commands.tsx";

/** Finds and does anything: acts on the open chat, pages, chats, theme and language. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.palette");
  const chosen = useRef<Command | null>(null);
  const [renaming, setRenaming] = useState<ChatListItem | null>(null);
  // What could be done when it was opened; the palette itself is no part of it.
  const [offered] = useState(currentActs);
  const mac = useMac();
  const commands = [
    ...useChatCommands({ offered, mac, onRename: setRenaming }),
    ...usePageCommands(offered, mac),
    ...useLookCommands(),
  ];

  function choose(command: Command) {
    if (command.stay) return command.run();
    chosen.current = command;
    onClose();
  }
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          // The focus goes back first, so that what is chosen may take it further.
          onCloseAutoFocus={(event) => {
            returnFocus(overlayStore.opener)(event);
            queueMicrotask(() => chosen.current?.run());
          }}
          className="fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-40 mx-auto flex max-h-[min(30rem,calc(100dvh-1.5rem))] max-w-150 animate-rise-in flex-col overflow-hidden rounded-card bg-overlay shadow-float outline-none sm:top-[12vh] sm:max-h-[min(30rem,76dvh)]"
        >
          <Radix.Title className="sr-only">{t("title")}</Radix.Title>
          {renaming ? (
            <TitleField chat={renaming} onDone={onClose} />
          ) : (
            <PaletteList commands={commands} onChoose={choose} />
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function TitleField({ chat, onDone }: { chat: ChatListItem; onDone: () => void }) {
  const t = useTranslations("shell.palette");
  const list = useChatListStore();
  const [title, setTitle] = useState(chat.title ?? "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = title.trim();
        if (wanted !== "" && wanted !== chat.title) void list.rename(chat, wanted);
        onDone();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field.
        autoFocus
        dir="auto"
        value={title}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="done"
        aria-label={t("newTitle")}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTitle(event.target.value)}
        className="w-full bg-transparent px-4 py-3.5 text-16 outline-none"
      />
      <p className="border-border border-t px-4 py-2 text-12 text-muted">{t("renameHint")}</p>
    </form>
  );
}
