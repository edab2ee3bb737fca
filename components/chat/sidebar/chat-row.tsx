"use client";

import { Archive, Ellipsis, FolderInput, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { ChatLink } from "../chat-link.tsx";
import { useChatListStore } from "../chat-list-context.tsx";
import type { ChatListItem } from "../chat-schemas.ts";
import { NameField } from "./name-field.tsx";
import { moveFocus } from "./row-focus.ts";

const MoveToFolder = dynamic(() => import("./move-to-folder.tsx").then((module) => module.MoveToFolder), {
  ssr: false,
});
const longestTitle = 200;

/** One chat of the list: a link, a mark while a reply is being written, a menu; each act has a key as well. */
export function ChatRow({ chat, current }: { chat: ChatListItem; current: boolean }) {
  const t = useTranslations("sidebar.row");
  const store = useChatListStore();
  const router = useRouter();
  const link = useRef<HTMLAnchorElement>(null);
  const [state, setState] = useState<"still" | "renaming" | "moving">("still");

  async function remove() {
    moveFocus(link.current, 1);
    if ((await store.remove(chat)) && current) router.push("/chat");
  }
  const acts = new Map<string, () => void>([
    ["F2", () => setState("renaming")],
    ["p", () => void store.file(chat, { pinned: !chat.pinned })],
    ["m", () => setState("moving")],
    [
      "e",
      () => {
        moveFocus(link.current, 1);
        void store.archive(chat, true);
      },
    ],
    ["Delete", () => void remove()],
    ["ArrowDown", () => moveFocus(link.current, 1)],
    ["ArrowUp", () => moveFocus(link.current, -1)],
  ]);
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  if (state === "renaming") {
    return (
      <li>
        <NameField
          label={t("newTitle")}
          name={chat.title}
          maxLength={longestTitle}
          onDone={(title, byKey) => {
            setState("still");
            if (byKey) requestAnimationFrame(() => link.current?.focus());
            if (title && title !== chat.title) void store.rename(chat, title);
          }}
        />
      </li>
    );
  }
  return (
    <li
      className={classNames(
        "group relative flex items-center rounded-control",
        current ? "bg-raised" : "focus-within:bg-raised/60 hover:bg-raised/60",
      )}
    >
      <ChatLink
        ref={link}
        chatId={chat.id}
        title={chat.title}
        data-row=""
        aria-current={current ? "page" : undefined}
        aria-keyshortcuts="F2 p m e Delete"
        onDoubleClick={() => setState("renaming")}
        onKeyDown={onKeyDown}
        className={classNames(
          "target flex min-w-0 flex-1 items-center gap-2 rounded-control py-1.5 pr-1 pl-2 text-14",
          current ? "font-medium text-foreground" : "text-foreground/90",
        )}
      >
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {chat.title}
        </span>
        {chat.running && (
          <span className="size-2 shrink-0 animate-breathe rounded-full bg-accent" title={t("running")}>
            <span className="sr-only">({t("running")})</span>
          </span>
        )}
      </ChatLink>
      <DropdownMenu
        trigger={
          <button
            type="button"
            aria-label={t("menu", { title: chat.title })}
            className="target-square -my-1 grid shrink-0 place-items-center rounded-control text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 touch:opacity-100"
          >
            <Ellipsis aria-hidden="true" className="size-4" />
          </button>
        }
      >
        <MenuItem
          icon={chat.pinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
          keys={["P"]}
          onSelect={() => acts.get("p")?.()}
        >
          {chat.pinned ? t("unpin") : t("pin")}
        </MenuItem>
        <MenuItem icon={<Pencil aria-hidden="true" />} keys={["F2"]} onSelect={() => setState("renaming")}>
          {t("rename")}
        </MenuItem>
        <MenuItem icon={<FolderInput aria-hidden="true" />} keys={["M"]} onSelect={() => setState("moving")}>
          {t("move")}
        </MenuItem>
        <MenuItem icon={<Archive aria-hidden="true" />} keys={["E"]} onSelect={() => acts.get("e")?.()}>
          {t("archive")}
        </MenuItem>
        <MenuItem
          icon={<Trash2 aria-hidden="true" />}
          tone="danger"
          keys={["Del"]}
          onSelect={() => void remove()}
        >
          {t("delete")}
        </MenuItem>
      </DropdownMenu>
      {state === "moving" && (
        <MoveToFolder chat={chat} returnFocusTo={link} onClose={() => setState("still")} />
      )}
    </li>
  );
}
