"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { useChatListStore } from "./chat-list-context.tsx";
import type { ChatListItem } from "./chat-schemas.ts";

const longestTitle = 200;

/** One chat of the list: a link, a mark while a reply is being written, a menu to rename or delete it. */
export function ChatRow({ chat, current }: { chat: ChatListItem; current: boolean }) {
  const store = useChatListStore();
  const router = useRouter();
  const [renaming, setRenaming] = useState(false);

  async function remove() {
    if ((await store.remove(chat)) && current) router.push("/chat");
  }

  if (renaming) {
    return (
      <li>
        <TitleField
          title={chat.title}
          onDone={(title) => {
            setRenaming(false);
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
      <Link
        href={`/chat/${chat.id}`}
        prefetch={false}
        title={chat.title}
        aria-current={current ? "page" : undefined}
        onDoubleClick={() => setRenaming(true)}
        className={classNames(
          "target flex min-w-0 flex-1 items-center gap-2 rounded-control py-1.5 pr-1 pl-2 text-14",
          current ? "font-medium text-foreground" : "text-foreground/90",
        )}
      >
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {chat.title}
        </span>
        {chat.running && (
          <span
            className="size-2 shrink-0 animate-breathe rounded-full bg-accent"
            title="A reply is being written"
          >
            <span className="sr-only">(a reply is being written)</span>
          </span>
        )}
      </Link>
      <DropdownMenu
        trigger={
          <button
            type="button"
            aria-label={`Rename or delete ${chat.title}`}
            className="target-square -my-1 grid shrink-0 place-items-center rounded-control text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 touch:opacity-100"
          >
            <Ellipsis aria-hidden="true" className="size-4" />
          </button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => setRenaming(true)}>
          Rename
        </MenuItem>
        <MenuItem icon={<Trash2 aria-hidden="true" />} tone="danger" onSelect={() => void remove()}>
          Delete
        </MenuItem>
      </DropdownMenu>
    </li>
  );
}

function TitleField({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const done = useRef(false);
  function finish(value: string | null) {
    if (done.current) return;
    done.current = true;
    onDone(value?.trim() ?? null);
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") finish(event.currentTarget.value);
    if (event.key === "Escape") finish(null);
  }
  return (
    <input
      ref={(field) => {
        if (field && document.activeElement !== field) requestAnimationFrame(() => field.select());
      }}
      defaultValue={title}
      maxLength={longestTitle}
      aria-label="New title"
      dir="auto"
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
      className="target w-full rounded-control border border-control bg-overlay px-2 text-14 touch:text-16"
    />
  );
}
