"use client";

import { ChevronRight, Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useChatListStore, useChatLists } from "../chat-list-context.tsx";
import { emptyList } from "../chat-lists.ts";
import { ChatItems } from "./chat-items.tsx";
import { NameField } from "./name-field.tsx";
import { moveFocus } from "./row-focus.ts";
import type { Folder } from "./sidebar-schemas.ts";

const longestName = 100;

/** The person's folders, each opened on demand, and the way to make one. */
export function FolderSection({ currentId }: { currentId: string | undefined }) {
  const t = useTranslations("sidebar");
  const store = useChatListStore();
  const { folders } = useChatLists();
  const [making, setMaking] = useState(false);
  return (
    <section aria-label={t("groups.folders")}>
      <div className="flex items-center justify-between">
        <h2 className="px-2 py-1 font-medium text-12 text-faint">{t("groups.folders")}</h2>
        <IconButton
          label={t("folder.new")}
          icon={<Plus aria-hidden="true" />}
          onClick={() => setMaking(true)}
          className="-my-1"
        />
      </div>
      <ul>
        {folders.map((folder) => (
          <FolderRow key={folder.id} folder={folder} currentId={currentId} />
        ))}
      </ul>
      {making && (
        <NameField
          label={t("folder.newName")}
          name=""
          maxLength={longestName}
          onDone={(name) => {
            setMaking(false);
            if (name) void store.createFolder(name);
          }}
        />
      )}
    </section>
  );
}

function FolderRow({ folder, currentId }: { folder: Folder; currentId: string | undefined }) {
  const t = useTranslations("sidebar.folder");
  const store = useChatListStore();
  const { lists } = useChatLists();
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = lists[folder.id] ?? emptyList;

  function toggle() {
    setOpen(!open);
    if (!open && !list.loaded) void store.loadMore(folder.id);
  }
  const acts = new Map<string, () => void>([
    ["F2", () => setRenaming(true)],
    [
      "Delete",
      () => {
        moveFocus(button.current, 1);
        void store.removeFolder(folder);
      },
    ],
    ["ArrowDown", () => moveFocus(button.current, 1)],
    ["ArrowUp", () => moveFocus(button.current, -1)],
    [
      "ArrowRight",
      () => {
        if (!open) toggle();
      },
    ],
    ["ArrowLeft", () => setOpen(false)],
  ]);
  function onKeyDown(event: KeyboardEvent) {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }
  if (renaming) {
    return (
      <li>
        <NameField
          label={t("newName")}
          name={folder.name}
          maxLength={longestName}
          onDone={(name, byKey) => {
            setRenaming(false);
            if (byKey) requestAnimationFrame(() => button.current?.focus());
            if (name && name !== folder.name) void store.renameFolder(folder, name);
          }}
        />
      </li>
    );
  }
  return (
    <li>
      <div className="group flex items-center rounded-control focus-within:bg-raised/60 hover:bg-raised/60">
        <button
          ref={button}
          type="button"
          data-row=""
          aria-expanded={open}
          aria-keyshortcuts="F2 Delete"
          onClick={toggle}
          onKeyDown={onKeyDown}
          className="target flex min-w-0 flex-1 items-center gap-1.5 rounded-control px-1.5 text-left text-14"
        >
          <ChevronRight
            aria-hidden="true"
            className={`size-4 shrink-0 text-muted transition-transform ${open ? "rotate-90" : ""}`}
          />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {folder.name}
          </span>
        </button>
        <DropdownMenu
          trigger={
            <button
              type="button"
              aria-label={t("menu", { name: folder.name })}
              className="target-square -my-1 grid shrink-0 place-items-center rounded-control text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 touch:opacity-100"
            >
              <Ellipsis aria-hidden="true" className="size-4" />
            </button>
          }
        >
          <MenuItem icon={<Pencil aria-hidden="true" />} keys={["F2"]} onSelect={() => setRenaming(true)}>
            {t("rename")}
          </MenuItem>
          <MenuItem
            icon={<Trash2 aria-hidden="true" />}
            tone="danger"
            keys={["Del"]}
            onSelect={() => void store.removeFolder(folder)}
          >
            {t("delete")}
          </MenuItem>
        </DropdownMenu>
      </div>
      {open && (
        <div className="pl-3">
          <ChatItems listKey={folder.id} chats={list.chats} currentId={currentId} />
          {list.loaded && list.chats.length === 0 && (
            <p className="px-2 py-1.5 text-13 text-faint">{t("empty")}</p>
          )}
        </div>
      )}
    </li>
  );
}
