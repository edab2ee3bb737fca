"use client";

import { ArrowUp, ListPlus, Square } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useEffect } from "react";
import { usePromptPicker } from "#components/prompts/use-prompt-picker.tsx";
import { keysOf } from "#components/shortcuts/shortcuts.ts";
import { useMac } from "#components/shortcuts/use-mac.ts";
import { classNames } from "#components/ui/class-names.ts";
import type { FilePart } from "#lib/chat/attachments/file-part.ts";
import { AttachButton } from "./attachments/attach-button.tsx";
import type { Attachments } from "./attachments/use-attachments.ts";
import { ComposerSlot } from "./composer-slot.tsx";
import { readDraft, writeDraft } from "./drafts.ts";
import { isSendKey, sendCaps, useSendKey } from "./send-key.ts";
import { useDraftField } from "./use-draft-field.ts";
import { VoiceButton } from "./voice/voice-button.tsx";

const TrayStrip = dynamic(() => import("./attachments/tray-strip.tsx").then((module) => module.TrayStrip), {
  ssr: false,
});

const LONGEST_MESSAGE = 200_000;

/** What the page may do to the composer from outside. */
export interface ComposerHandle {
  /** Puts text in front of what is there, and the caret behind it. */
  put(text: string): void;
  focus(): void;
}

export interface ComposerProps {
  handle: RefObject<ComposerHandle | null>;
  /** Where the draft is kept: a chat's id, or the place of the next one's. */
  draftKey: string;
  running: boolean;
  stopping: boolean;
  /** Why nothing can be sent now, when that is so. */
  blocked: string | null;
  /** Gives whether the server has taken the message; until then the draft is kept. */
  onSend: (text: string, files: FilePart[]) => Promise<boolean>;
  /** Keeps a message for when the reply that is being written has ended. */
  onQueue: (text: string, files: FilePart[]) => void;
  onStop: () => void;
  /** Stands above the composer. */
  above?: ReactNode;
  attachments: Attachments;
  /** At the left below the text: what the message is sent with. */
  tools?: ReactNode;
  /** What stands beside the send button, told what is being written. */
  aside?: (draft: string) => ReactNode;
}

export function Composer(props: ComposerProps) {
  const { draftKey, running, stopping, blocked, onSend, onQueue, onStop, attachments } = props;
  const t = useTranslations("composer");
  const mac = useMac();
  const { field, text, change, put, insert } = useDraftField(draftKey);
  const sendKey = useSendKey();
  const sendKeys = sendCaps(sendKey, mac);
  const prompts = usePromptPicker(field, change);
  const tooLong = text.length > LONGEST_MESSAGE;
  const typed = text.trim() !== "" || attachments.files.length > 0;
  const canSend = blocked === null && !tooLong && typed && attachments.blocked === null;
  const hint = useHint({ running, blocked, length: text.length, typed, sendKeys });

  useEffect(() => {
    props.handle.current = { put, focus: () => field.current?.focus() };
  });

  async function send() {
    field.current?.focus();
    if (!canSend) return;
    const [sent, { files }] = [text, attachments];
    const key = draftKey;
    // The field is emptied, the stored draft stays until the server has the message.
    change("", running);
    const forgetFiles = attachments.clear();
    if (running) {
      forgetFiles();
      return onQueue(sent, files);
    }
    if (!(await onSend(sent, files))) return;
    forgetFiles();
    if (readDraft(key) === sent) writeDraft(key, "");
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // React lets the events of dialogs opened from here come by, a form in one of them among them.
        if (event.target === event.currentTarget) void send();
      }}
    >
      {props.above}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the whole card is the field's target, the field itself is labelled. */}
      <div
        onMouseDown={(event) => {
          const { target, currentTarget } = event;
          if (!(target instanceof Element) || !currentTarget.contains(target)) return;
          if (target.closest("textarea, button, a, input, label")) return;
          event.preventDefault();
          field.current?.focus();
        }}
        className="relative cursor-text rounded-composer border border-control/60 bg-overlay p-2 shadow-float transition-colors focus-within:border-ring"
      >
        {prompts.list}
        {attachments.items.length > 0 && <TrayStrip attachments={attachments} onText={put} />}
        <textarea
          {...prompts.wiring}
          ref={field}
          value={text}
          rows={1}
          dir="auto"
          name="message"
          aria-label={t("label")}
          aria-describedby="composer-hint"
          placeholder={t("placeholder")}
          autoComplete="off"
          enterKeyHint={sendKey === "enter" ? "send" : "enter"}
          onChange={(event) => {
            change(event.target.value);
            prompts.look(event.target);
          }}
          onSelect={(event) => prompts.look(event.currentTarget)}
          onBlur={prompts.blur}
          onPaste={attachments.paste}
          onKeyDown={(event) => {
            if (prompts.takeKey(event) || !isSendKey(event, sendKey)) return;
            event.preventDefault();
            void send();
          }}
          className="field-sizing-content block max-h-[min(16.5rem,40dvh)] min-h-9 w-full resize-none bg-transparent px-2 py-1.5 text-16 leading-6 outline-none"
        />
        <div className="mt-1 flex min-w-0 items-center gap-1">
          <AttachButton onFiles={attachments.add} />
          <VoiceButton onText={insert} />
          {props.tools}
          <span className="min-w-0 flex-1" />
          {props.aside?.(text)}
          {running && typed && (
            <ComposerSlot label={t("queue.add")} keys={sendKeys} submit second disabled={!canSend}>
              <ListPlus aria-hidden="true" className="size-5" />
            </ComposerSlot>
          )}
          {running ? (
            <ComposerSlot
              label={t(stopping ? "stopping" : "stop")}
              keys={keysOf("stop", mac)}
              onClick={onStop}
              disabled={stopping}
            >
              <Square aria-hidden="true" className="size-3.5 fill-current" />
            </ComposerSlot>
          ) : (
            <ComposerSlot label={t("send")} keys={sendKeys} submit disabled={!canSend}>
              <ArrowUp aria-hidden="true" className="size-5" />
            </ComposerSlot>
          )}
        </div>
      </div>
      <p
        id="composer-hint"
        className={classNames(
          "min-h-6 px-3 pt-1.5 text-center text-12",
          tooLong ? "text-danger" : blocked || running ? "text-muted" : "text-faint touch:invisible",
        )}
      >
        {hint}
      </p>
    </form>
  );
}

interface HintFacts {
  running: boolean;
  blocked: string | null;
  length: number;
  typed: boolean;
  sendKeys: readonly string[];
}

function useHint({ running, blocked, length, typed, sendKeys }: HintFacts): string {
  const t = useTranslations("composer.hint");
  const locale = useLocale();
  if (length > LONGEST_MESSAGE) {
    const over = (length - LONGEST_MESSAGE).toLocaleString(locale);
    return t("tooLong", { over, most: LONGEST_MESSAGE.toLocaleString(locale) });
  }
  if (blocked !== null) return blocked;
  const [mod, enter] = sendKeys;
  const keys = enter === undefined || mod === undefined ? null : { mod };
  if (running && !typed) return "";
  if (running) return keys ? t("modRunning", keys) : t("running");
  return keys ? t("modKeys", keys) : t("keys");
}
