"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useMemo } from "react";
import { type Acts, useActs } from "#components/shortcuts/acts.ts";
import { copyText } from "#components/ui/copy-text.ts";
import { toast } from "#components/ui/toast-store.ts";
import { pathTo } from "#lib/chat/tree.ts";
import { textOf } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import type { ComposerHandle } from "./composer.tsx";
import { askToEdit } from "./edit-request.ts";

export interface ChatActsProps {
  store: ChatStore;
  state: ChatState;
  composer: RefObject<ComposerHandle | null>;
}

/** What shortcuts and the palette can do with the open chat, as it stands. */
export function useChatActs({ store, state, composer }: ChatActsProps): void {
  const t = useTranslations("chat.toast");
  const { messages, leafId, running, options } = state;
  const acts: Acts = { focusComposer: () => composer.current?.focus() };
  if (running) acts.stop = () => void store.stop();
  const thinking = options.thinking;
  acts[thinking ? "thinkingOff" : "thinkingOn"] = () => store.setOptions({ ...options, thinking: !thinking });

  const path = useMemo(() => (leafId === null ? [] : pathTo(messages, leafId)), [messages, leafId]);
  const answer = path.findLast(({ role }) => role === "assistant");
  const question = path.findLast(({ role }) => role === "user");
  if (answer) {
    acts.copyAnswer = async () => {
      const [newest] = store.live.into([answer]);
      const copied = await copyText(textOf(newest ?? answer), document.body);
      toast({ title: t(copied ? "answerCopied" : "notCopied"), ...(!copied && { tone: "danger" as const }) });
    };
    if (!running) acts.regenerate = () => store.regenerate(answer);
  }
  if (question && !running) acts.editLast = () => askToEdit(question.id);
  useActs(acts);
}
