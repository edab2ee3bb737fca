"use client";

import { ArrowUp, Square } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { readDraft, writeDraft } from "./drafts.ts";
import { growField } from "./grow-field.ts";
import { isSendKey } from "./send-key.ts";

const LONGEST_MESSAGE = 200_000;

/** What the page may do to the composer from outside. */
export interface ComposerHandle {
  /** Puts text in front of what is there, and the caret behind it. */
  put(text: string): void;
  focus(): void;
}

export interface ComposerProps {
  handle: RefObject<ComposerHandle | null>;
  /** Where the draft is kept: a chat's id, or "new". */
  draftKey: string;
  running: boolean;
  stopping: boolean;
  /** Why nothing can be sent now, when that is so. */
  blocked: string | null;
  /** Gives whether the server has taken the message; until then the draft is kept. */
  onSend: (text: string) => Promise<boolean>;
  onStop: () => void;
  /** What stands beside the send button, told what is being written. */
  aside?: (draft: string) => ReactNode;
}

export function Composer(props: ComposerProps) {
  const { draftKey, running, stopping, blocked, onSend, onStop } = props;
  const { field, text, change, put } = useDraftField(draftKey);
  const tooLong = text.length > LONGEST_MESSAGE;
  const canSend = !running && blocked === null && !tooLong && text.trim() !== "";
  const hint = hintFor({ running, blocked, length: text.length, typed: text.trim() !== "" });

  useEffect(() => {
    props.handle.current = { put, focus: () => field.current?.focus() };
  });

  async function send() {
    field.current?.focus();
    if (!canSend) return;
    const sent = text;
    const key = draftKey;
    // The field is emptied, the stored draft stays until the server has the message.
    change("", false);
    if ((await onSend(sent)) && readDraft(key) === sent) writeDraft(key, "");
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the whole card is the field's target, the field itself is labelled. */}
      <div
        onMouseDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          field.current?.focus();
        }}
        className="flex cursor-text items-end gap-2 rounded-composer border border-control/60 bg-overlay p-2 shadow-float transition-colors focus-within:border-ring"
      >
        <textarea
          ref={field}
          value={text}
          rows={1}
          dir="auto"
          name="message"
          aria-label="Message"
          aria-describedby="composer-hint"
          placeholder="Ask anything"
          autoComplete="off"
          enterKeyHint="send"
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (!isSendKey(event)) return;
            event.preventDefault();
            void send();
          }}
          className="max-h-[min(16.5rem,40dvh)] min-h-9 w-full resize-none self-center bg-transparent px-2 py-1.5 text-16 leading-6 outline-none"
        />
        {props.aside?.(text)}
        {running ? (
          <Slot
            label={stopping ? "Stopping" : "Stop"}
            keys={["Ctrl", "."]}
            onClick={onStop}
            disabled={stopping}
          >
            <Square aria-hidden="true" className="size-3.5 fill-current" />
          </Slot>
        ) : (
          <Slot label="Send" keys={["Enter"]} submit disabled={!canSend}>
            <ArrowUp aria-hidden="true" className="size-5" />
          </Slot>
        )}
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

function useDraftField(draftKey: string) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => setText((typed) => typed || readDraft(draftKey)), [draftKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => growField(field.current), [text]);

  function change(next: string, keep = true) {
    setText(next);
    if (keep) writeDraft(draftKey, next);
  }
  function put(added: string) {
    change(text.trim() === "" ? added : `${added}\n\n${text}`);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(added.length, added.length);
    });
  }
  return { field, text, change, put };
}

interface HintFacts {
  running: boolean;
  blocked: string | null;
  length: number;
  typed: boolean;
}

function hintFor({ running, blocked, length, typed }: HintFacts): string {
  if (length > LONGEST_MESSAGE) {
    const over = (length - LONGEST_MESSAGE).toLocaleString("en-US");
    return `Too long by ${over} characters: a message may have ${LONGEST_MESSAGE.toLocaleString("en-US")}.`;
  }
  if (blocked !== null) return blocked;
  if (running) return typed ? "You can send this when the answer has ended, or stop it now." : "";
  return "Enter sends, Shift + Enter begins a new line";
}

interface SlotProps {
  label: string;
  keys: readonly string[];
  submit?: boolean;
  disabled: boolean;
  onClick?: () => void;
  children: React.ReactNode;
}

/** Send and stop share one place, so that the hand need not move. */
function Slot({ label, keys, submit = false, disabled, onClick, children }: SlotProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        key={label}
        type={submit ? "submit" : "button"}
        aria-label={label}
        disabled={disabled}
        {...(onClick ? { onClick } : {})}
        className="target-square grid shrink-0 place-items-center rounded-control bg-accent text-accent-foreground transition-colors hover:bg-accent-strong disabled:bg-raised disabled:text-faint"
      >
        {children}
      </button>
    </Tooltip>
  );
}
