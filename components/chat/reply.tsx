"use client";

import { Pencil, RotateCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, Suspense, useMemo, useRef, useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { AnswerText } from "./answer-text.tsx";
import { MessageFiles } from "./attachments/message-files.tsx";
import { type ChatMessage, textOf } from "./chat-message.ts";
import type { ChatStore } from "./chat-store.ts";
import { groupParts, type PartGroup } from "./group-parts.ts";
import { ActionRow, VersionSwitch } from "./message-actions.tsx";
import { ReadAloud } from "./read-aloud.tsx";
import { Receipt } from "./receipt.tsx";
import { ReplyOutcome } from "./reply-outcome.tsx";
import { Thinking } from "./thinking.tsx";
import { ToolCard, type ToolCardProps } from "./tool-card.tsx";
import { WaitingLine } from "./waiting-line.tsx";

const ReplyEditor = dynamic(() => import("./reply-editor.tsx").then((module) => module.ReplyEditor));

export interface ReplyProps {
  message: ChatMessage;
  store: ChatStore;
  /** This reply is being written. */
  running: boolean;
  connectionLost: boolean;
  /** Some reply is being written. */
  busy: boolean;
  /** The last of the thread: its acts stay in sight. */
  last: boolean;
  number: number;
  count: number;
  previousId: string | null;
  nextId: string | null;
}

export const Reply = memo(function Reply(props: ReplyProps) {
  const { message, store, running, connectionLost, busy, last, ...version } = props;
  const t = useTranslations("chat.thread.reply");
  const text = textOf(message);
  const askable = last && !busy && message.metadata.status === "waiting";
  const groups = useMemo(() => groupParts(message.parts), [message.parts]);
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  if (editing && !running) {
    return (
      <Suspense fallback={null}>
        <ReplyEditor
          message={message}
          onSave={(texts) => store.editReply(message, texts)}
          onCancel={() => {
            setEditing(false);
            requestAnimationFrame(() => pencil.current?.focus());
          }}
        />
      </Suspense>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h2 className="sr-only">{t("heading")}</h2>
      {groups.map((group, index) => (
        <Group
          key={group.key}
          group={group}
          messageId={message.id}
          live={running && index === groups.length - 1}
          running={running}
          onDecide={
            askable ? (toolCallId, decision) => store.decide(message, { toolCallId, ...decision }) : null
          }
        />
      ))}
      {running ? (
        <WaitingLine progress={message} begun={groups.length > 0} connectionLost={connectionLost} />
      ) : (
        <ReplyOutcome
          metadata={message.metadata}
          written={writtenIn(groups)}
          last={last}
          disabled={busy}
          onContinue={() => store.continueReply(message)}
          onRetry={() => store.regenerate(message)}
        />
      )}
      {!running && (
        <ActionRow always={last || version.count > 1} className="-mt-1 -ml-2">
          {text !== "" && <CopyButton value={text} what={t("copied")} iconOnly />}
          {message.metadata.status === "completed" && (
            <IconButton
              label={t("regenerate")}
              icon={<RotateCw aria-hidden="true" />}
              disabled={busy}
              onClick={() => store.regenerate(message)}
            />
          )}
          {text !== "" && <ReadAloud text={text} />}
          {text !== "" && message.metadata.status !== "waiting" && (
            <IconButton
              ref={pencil}
              label={t("edit")}
              icon={<Pencil aria-hidden="true" />}
              disabled={busy}
              onClick={() => setEditing(true)}
            />
          )}
          <VersionSwitch version={version} store={store} disabled={busy} />
          <span className="ml-auto">
            {message.metadata.edited && <span className="px-2 text-12 text-faint">{t("edited")}</span>}
            <Receipt metadata={message.metadata} />
          </span>
        </ActionRow>
      )}
    </div>
  );
});

interface GroupProps {
  group: PartGroup;
  messageId: string;
  live: boolean;
  running: boolean;
  onDecide: ToolCardProps["onDecide"];
}

function Group({ group, messageId, live, running, onDecide }: GroupProps) {
  switch (group.kind) {
    case "thinking":
      return (
        <Thinking
          traceId={`${messageId}/${group.key}`}
          parts={group.parts}
          live={live && group.parts.at(-1)?.state === "streaming"}
        />
      );
    case "text":
      return <AnswerText text={group.text} streaming={live} />;
    case "files":
      return (
        <div className="self-start">
          <MessageFiles files={group.files} faded={false} />
        </div>
      );
    case "tools":
      return (
        <div className="flex flex-col gap-1.5">
          {group.parts.map((part) => (
            <ToolCard key={part.toolCallId} part={part} running={running} onDecide={onDecide} />
          ))}
        </div>
      );
  }
}

function writtenIn(groups: readonly PartGroup[]): "nothing" | "thoughts" | "answer" {
  if (groups.length === 0) return "nothing";
  return groups.every((group) => group.kind === "thinking") ? "thoughts" : "answer";
}
