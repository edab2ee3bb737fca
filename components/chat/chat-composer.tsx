"use client";

import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";
import type { FilePart } from "#lib/chat/attachments/file-part.ts";
import type { Attachments } from "./attachments/use-attachments.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import { formatWait } from "./format-wait.ts";
import type { DefaultOptions } from "./options/default-options.ts";
import { OptionsButton } from "./options/options-button.tsx";
import { ThinkingSwitch } from "./options/thinking-switch.tsx";
import type { MessageQueue } from "./queue/use-queue.ts";
import { useQuota } from "./quota-context.tsx";
import { QuotaLine } from "./quota-line.tsx";
import { useCountdown } from "./use-countdown.ts";
import { useRefusedUntil } from "./use-refused-until.ts";

const QueueList = dynamic(() => import("./queue/queue-list.tsx").then((module) => module.QueueList), {
  ssr: false,
});

export interface ChatComposerProps {
  handle: RefObject<ComposerHandle | null>;
  draftKey: string;
  store: ChatStore;
  state: ChatState;
  queue: MessageQueue;
  defaults: DefaultOptions;
  attachments: Attachments;
  onSend: (text: string, files: FilePart[]) => Promise<boolean>;
  aside: (draft: string) => ReactNode;
}

/** The composer of a chat: what waits and what is left above it, the chat's options in it. */
export function ChatComposer(props: ChatComposerProps) {
  const { store, state, queue, defaults, ...rest } = props;
  const { quota } = useQuota();
  const blocked = useBlocked(state);
  const running = state.running !== null;
  const beginning = state.running?.connection === "unconfirmed";
  return (
    <Composer
      {...rest}
      running={running}
      stopping={state.running?.stopping ?? false}
      blocked={blocked}
      onStop={() => void store.stop()}
      onQueue={(text, files) => queue.add({ text, files })}
      above={
        <>
          <QuotaLine quota={quota} />
          {queue.items.length > 0 && <QueueList queue={queue} running={running} />}
        </>
      }
      tools={
        <>
          <ThinkingSwitch
            on={state.options.thinking}
            disabled={beginning}
            onSwitch={(thinking) => store.setOptions({ ...state.options, thinking })}
          />
          <OptionsButton
            options={state.options}
            disabled={beginning}
            onChange={(options) => store.setOptions(options)}
            onDefault={defaults.save}
          />
        </>
      }
    />
  );
}

/** Why nothing can be sent now: the chat is not read yet, or a limit has just refused. */
function useBlocked(state: ChatState): string | null {
  const t = useTranslations("composer");
  const locale = useLocale();
  const refusedFor = useCountdown(useRefusedUntil(state));
  if (state.phase === "loading" || state.phase === "failed") return t("notLoaded");
  return refusedFor > 0 ? t("refusedFor", { time: formatWait(refusedFor, locale) }) : null;
}
