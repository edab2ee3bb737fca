"use client";

import { Check, Folder as FolderIcon, FolderMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { useChatListStore, useChatLists } from "../chat-list-context.tsx";
import type { ChatListItem } from "../chat-schemas.ts";

export interface MoveToFolderProps {
  chat: ChatListItem;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Asks which folder a chat goes to; a new one can be made on the way. */
export function MoveToFolder({ chat, returnFocusTo, onClose }: MoveToFolderProps) {
  const t = useTranslations("sidebar.move");
  const store = useChatListStore();
  const { folders } = useChatLists();
  const [name, setName] = useState("");

  function move(folderId: string | null) {
    onClose();
    if (folderId !== chat.folderId) void store.file(chat, { folderId });
  }
  async function make(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return;
    const folder = await store.createFolder(name.trim());
    if (folder) move(folder.id);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      returnFocusTo={returnFocusTo}
      title={t("title")}
      description={<span dir="auto">{chat.title}</span>}
    >
      <ul className="-mx-2 max-h-64 overflow-y-auto">
        <Choice
          icon={<FolderMinus aria-hidden="true" />}
          here={chat.folderId === null}
          onPick={() => move(null)}
        >
          {t("none")}
        </Choice>
        {folders.map((folder) => (
          <Choice
            key={folder.id}
            icon={<FolderIcon aria-hidden="true" />}
            here={chat.folderId === folder.id}
            onPick={() => move(folder.id)}
          >
            {folder.name}
          </Choice>
        ))}
      </ul>
      <form onSubmit={make} className="mt-3 flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label={t("make")}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <Button type="submit" disabled={name.trim() === ""}>
          {t("create")}
        </Button>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  here: boolean;
  onPick: () => void;
  children: string;
}

function Choice({ icon, here, onPick, children }: ChoiceProps) {
  const t = useTranslations("sidebar.move");
  return (
    <li>
      <button
        type="button"
        onClick={onPick}
        className="target flex w-full items-center gap-2.5 rounded-control px-2 text-left text-14 hover:bg-raised [&_svg]:size-4 [&_svg]:shrink-0"
      >
        <span className="text-muted">{icon}</span>
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {children}
        </span>
        {here && (
          <>
            <Check aria-hidden="true" className="text-accent" />
            <span className="sr-only">{t("here")}</span>
          </>
        )}
      </button>
    </li>
  );
}
