"use client";

import { ArrowUp, Check, ChevronUp, Paperclip, Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useGrowingField } from "../grow-field.ts";
import { isSendKey, useSendKey } from "../send-key.ts";
import type { QueuedMessage } from "./queue.ts";
import type { MessageQueue } from "./use-queue.ts";

export interface QueueListProps {
  queue: MessageQueue;
  /** A reply is being written, whose good end sends the first. */
  running: boolean;
}

/** The messages that wait above the composer, in the order in which they are sent. */
export function QueueList({ queue, running }: QueueListProps) {
  const t = useTranslations("composer.queue");
  const { items } = queue;
  return (
    <section aria-label={t("title")} className="mb-2 rounded-card border border-border bg-surface p-1.5">
      <p className="px-2 py-1 text-12 text-muted">{t(running ? "waits" : "held", { count: items.length })}</p>
      <ol className="max-h-[30dvh] overflow-y-auto">
        {items.map((item, index) => (
          <li key={item.id} className="border-border not-first:border-t">
            <QueuedRow item={item} first={index === 0} queue={queue} running={running} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface QueuedRowProps {
  item: QueuedMessage;
  first: boolean;
  queue: MessageQueue;
  running: boolean;
}

function QueuedRow({ item, first, queue, running }: QueuedRowProps) {
  const t = useTranslations("composer.queue");
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <QueuedEditor
        text={item.text}
        onDone={(text) => {
          setEditing(false);
          if (text !== null) queue.edit(item.id, text);
        }}
      />
    );
  }
  return (
    <div className="flex items-center gap-0.5 py-0.5 pl-2">
      <p dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words text-14">
        {item.text}
        {item.files.length > 0 && (
          <span className="ml-1.5 inline-flex items-center gap-1 text-12 text-muted">
            <Paperclip aria-hidden="true" className="size-3.5" />
            {t("files", { count: item.files.length })}
          </span>
        )}
      </p>
      <Button size="small" variant="quiet" onClick={() => queue.sendNow(item.id)}>
        <ArrowUp aria-hidden="true" />
        {t(running ? "sendNow" : "send")}
      </Button>
      {!first && (
        <IconButton
          label={t("up")}
          icon={<ChevronUp aria-hidden="true" />}
          onClick={() => queue.moveUp(item.id)}
        />
      )}
      <IconButton label={t("edit")} icon={<Pencil aria-hidden="true" />} onClick={() => setEditing(true)} />
      <IconButton label={t("remove")} icon={<X aria-hidden="true" />} onClick={() => queue.remove(item.id)} />
    </div>
  );
}

/** `onDone` is given null when the text stays as it was. */
function QueuedEditor({ text, onDone }: { text: string; onDone: (text: string | null) => void }) {
  const t = useTranslations("composer.queue");
  const sendKey = useSendKey();
  const [changed, setChanged] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowingField(field, changed);
  useLayoutEffect(() => field.current?.focus(), []);
  const finish = () => onDone(changed.trim() === "" ? null : changed);
  return (
    <div className="flex items-end gap-0.5 py-0.5">
      <textarea
        ref={field}
        value={changed}
        rows={1}
        dir="auto"
        aria-label={t("text")}
        onChange={(event) => setChanged(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone(null);
          if (!isSendKey(event, sendKey)) return;
          event.preventDefault();
          finish();
        }}
        className="field-sizing-content max-h-[30dvh] min-w-0 flex-1 resize-none rounded-control border border-control bg-overlay px-2 py-1.5 text-16 leading-6 sm:text-14"
      />
      <IconButton label={t("keep")} icon={<Check aria-hidden="true" />} onClick={finish} />
    </div>
  );
}
