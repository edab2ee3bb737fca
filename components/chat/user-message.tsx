"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { currentActs } from "#components/shortcuts/acts.ts";
import { classNames } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { filesOf } from "#lib/chat/attachments/file-part.ts";
import { MessageFiles } from "./attachments/message-files.tsx";
import { type ChatMessage, textOf } from "./chat-message.ts";
import type { ChatStore } from "./chat-store.ts";
import { watchEditRequests } from "./edit-request.ts";
import { ActionRow, VersionSwitch } from "./message-actions.tsx";
import { MessageEditor } from "./message-editor.tsx";

export interface UserMessageProps {
  message: ChatMessage;
  store: ChatStore;
  /** A reply is being written, or the message is not yet at the server: nothing can be changed now. */
  busy: boolean;
  unsent: boolean;
  number: number;
  count: number;
  previousId: string | null;
  nextId: string | null;
}

const foldedAbove = 1_600;

export const UserMessage = memo(function UserMessage(props: UserMessageProps) {
  const { message, store, busy, unsent, ...version } = props;
  const t = useTranslations("chat.thread.user");
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  useEffect(() => watchEditRequests(message.id, () => setEditing(true)), [message.id]);
  const text = textOf(message);
  const files = useMemo(() => filesOf(message.parts), [message.parts]);
  if (editing) {
    return (
      <MessageEditor
        initialText={text}
        initialFiles={files}
        onCancel={() => {
          setEditing(false);
          requestAnimationFrame(() => pencil.current?.focus());
        }}
        onSend={(changed) => {
          setEditing(false);
          void store.send(changed, message.parentId);
          currentActs().focusComposer?.();
        }}
      />
    );
  }
  return (
    <div className="flex flex-col items-end">
      <h2 className="sr-only">{t("heading")}</h2>
      <MessageFiles files={files} faded={unsent} />
      {text !== "" && <Bubble text={text} faded={unsent} />}
      <ActionRow always={version.count > 1} className={unsent ? "invisible" : ""}>
        {text !== "" && <CopyButton value={text} what={t("copied")} iconOnly />}
        <IconButton
          ref={pencil}
          label={t("edit")}
          icon={<Pencil aria-hidden="true" />}
          disabled={busy}
          onClick={() => setEditing(true)}
        />
        <VersionSwitch version={version} store={store} disabled={busy} />
      </ActionRow>
    </div>
  );
});

function Bubble({ text, faded }: { text: string; faded: boolean }) {
  const t = useTranslations("chat.thread.user");
  const long = text.length > foldedAbove || text.split("\n").length > 24;
  const [whole, setWhole] = useState(false);
  const folded = long && !whole;
  return (
    <div
      className={classNames(
        "max-w-[85%] rounded-composer bg-raised px-4 py-2.5 text-16 leading-[1.6]",
        faded && "opacity-60",
      )}
    >
      <div
        dir="auto"
        className={classNames("whitespace-pre-wrap break-words", folded && "max-h-72 overflow-hidden")}
      >
        {text}
      </div>
      {long && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="target text-14 text-muted underline underline-offset-2 hover:text-foreground"
        >
          {folded ? t("more") : t("less")}
        </button>
      )}
    </div>
  );
}
