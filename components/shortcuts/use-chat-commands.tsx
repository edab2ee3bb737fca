"use client";

import {
  Archive,
  Brain,
  Copy,
  FileJson,
  FileText,
  MessageSquare,
  Pencil,
  Pin,
  PinOff,
  RotateCw,
  Share,
  Square,
  TextCursor,
  Trash2,
} from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useSyncExternalStore } from "react";
import { useChatListStore } from "#components/chat/chat-list-context.tsx";
import type { ChatListItem } from "#components/chat/chat-schemas.ts";
import { useOpenChat } from "#components/chat/use-open-chat.ts";
import { paths } from "#components/shell/paths.ts";
import type { ActId, Acts } from "./acts.ts";
import type { Command } from "./command.ts";
import { keysOf, type ShortcutId, shortcuts } from "./shortcuts.ts";

const acts: readonly { id: ActId; icon: ReactNode }[] = [
  { id: "stop", icon: <Square /> },
  { id: "focusComposer", icon: <TextCursor /> },
  { id: "copyAnswer", icon: <Copy /> },
  { id: "regenerate", icon: <RotateCw /> },
  { id: "editLast", icon: <Pencil /> },
  { id: "thinkingOn", icon: <Brain /> },
  { id: "thinkingOff", icon: <Brain /> },
  { id: "share", icon: <Share /> },
  { id: "exportMarkdown", icon: <FileText /> },
  { id: "exportJson", icon: <FileJson /> },
];

const isShortcut = (id: ActId): id is ShortcutId => id in shortcuts;

export interface ChatCommandsProps {
  offered: Acts;
  mac: boolean;
  /** The palette becomes the field for the chat's new title. */
  onRename: (chat: ChatListItem) => void;
}

/** What can be done with the open chat, and the way to every other. */
export function useChatCommands({ offered, mac, onRename }: ChatCommandsProps): Command[] {
  const t = useTranslations("shell.palette.chat");
  const names = useTranslations("shell.shortcuts.names");
  const router = useRouter();
  const openChat = useOpenChat();
  const pathname = usePathname();
  const list = useChatListStore();
  const { lists } = useSyncExternalStore(list.subscribe, list.get, list.get);
  const chats = [...lists.pinned.chats, ...lists.recent.chats];
  const openId = /^\/chat\/([^/]+)/.exec(pathname)?.[1];
  const open = openId === undefined ? null : list.find(openId);

  const possible = acts.flatMap(({ id, icon }): Command[] => {
    const run = offered[id];
    if (!run) return [];
    const named = isShortcut(id) ? { label: names(id), keys: keysOf(id, mac) } : { label: t(id) };
    return [{ id, group: "chat", icon, words: id, run, ...named }];
  });
  const filing: Command[] = open
    ? [
        {
          id: "rename",
          group: "chat",
          icon: <Pencil />,
          label: t("rename"),
          words: "rename title",
          stay: true,
          run: () => onRename(open),
        },
        {
          id: "pin",
          group: "chat",
          icon: open.pinned ? <PinOff /> : <Pin />,
          label: t(open.pinned ? "unpin" : "pin"),
          words: "pin",
          run: () => void list.file(open, { pinned: !open.pinned }),
        },
        {
          id: "archive",
          group: "chat",
          icon: <Archive />,
          label: t(open.archived ? "unarchive" : "archive"),
          words: "archive",
          run: () => void list.archive(open, !open.archived),
        },
        {
          id: "delete",
          group: "chat",
          icon: <Trash2 />,
          label: t("delete"),
          words: "delete remove",
          run: () => void list.remove(open).then((removed) => removed && router.push(paths.chat)),
        },
      ]
    : [];
  return [
    ...possible,
    ...filing,
    ...chats
      .filter(({ id }) => id !== openId)
      .map(({ id, title }) => ({
        id: `chat-${id}`,
        group: "chats" as const,
        icon: <MessageSquare />,
        label: title ?? t("untitled"),
        run: () => openChat(`${paths.chat}/${id}`),
      })),
  ];
}
