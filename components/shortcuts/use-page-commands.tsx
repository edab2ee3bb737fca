"use client";

import {
  Archive,
  BookOpen,
  ChartNoAxesColumn,
  Database,
  FlaskConical,
  Ghost,
  Keyboard,
  KeyRound,
  PanelLeft,
  Settings,
  SquarePen,
  TextQuote,
  UserRound,
  Wrench,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { askForTemporary } from "#components/chat/temporary-request.ts";
import { paths } from "#components/shell/paths.ts";
import type { Acts } from "./acts.ts";
import type { Command } from "./command.ts";
import { keysOf, type ShortcutId } from "./shortcuts.ts";

const places = [
  { id: "archive", path: paths.archive, icon: <Archive /> },
  { id: "usage", path: paths.usage, icon: <ChartNoAxesColumn /> },
  { id: "requests", path: paths.requests, icon: <ChartNoAxesColumn /> },
  { id: "keys", path: paths.keys, icon: <KeyRound /> },
  { id: "playground", path: paths.playground, icon: <FlaskConical /> },
  { id: "docs", path: paths.docs, icon: <BookOpen /> },
  { id: "settings", path: "/settings/general", icon: <Settings /> },
  { id: "account", path: paths.account, icon: <UserRound /> },
  { id: "prompts", path: paths.prompts, icon: <TextQuote /> },
  { id: "tools", path: paths.tools, icon: <Wrench /> },
  { id: "data", path: "/settings/data", icon: <Database /> },
] as const;

const acts: readonly { id: ShortcutId; icon: ReactNode }[] = [
  { id: "newChat", icon: <SquarePen /> },
  { id: "sidebar", icon: <PanelLeft /> },
  { id: "help", icon: <Keyboard /> },
];

/** Every page, and what can be done on any of them. */
export function usePageCommands(offered: Acts, mac: boolean): Command[] {
  const t = useTranslations("shell.palette.pages");
  const names = useTranslations("shell.shortcuts.names");
  const router = useRouter();
  const general = acts.flatMap(({ id, icon }): Command[] => {
    const run = offered[id];
    return run ? [{ id, group: "pages", icon, label: names(id), words: id, keys: keysOf(id, mac), run }] : [];
  });
  const temporary: Command = {
    id: "temporary",
    group: "pages",
    icon: <Ghost />,
    label: t("temporary"),
    words: "new temporary chat",
    run: () => {
      askForTemporary();
      router.push(paths.chat);
    },
  };
  return [
    ...general,
    temporary,
    ...places.map(({ id, path, icon }) => ({
      id: `page-${id}`,
      group: "pages" as const,
      icon,
      label: t(id),
      words: id,
      run: () => router.push(path),
    })),
  ];
}
