"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { paths } from "#components/shell/paths.ts";
import { filterCommands } from "#components/shortcuts/filter-commands.ts";
import { type Prompt, promptsApi } from "./prompts-api.ts";
import { sortPrompts } from "./sort-prompts.ts";
import type { TakeKey } from "./use-prompt-picker.tsx";

export interface PromptPickerProps {
  query: string;
  /** Is given what takes the keys of the list while it is there. */
  takeKey: RefObject<TakeKey | null>;
  onMark: (marked: { listId: string; optionId: string } | null) => void;
  onChoose: (text: string) => void;
  onClose: () => void;
}

/** The prompts whose names hold the query; the focus stays in the composer, whose keys move the mark. */
export function PromptPicker({ query, takeKey, onMark, onChoose, onClose }: PromptPickerProps) {
  const t = useTranslations("prompts.picker");
  const listId = useId();
  const { prompts, failure } = usePrompts();
  const found = useMemo(
    () =>
      filterCommands(
        (prompts ?? []).map((prompt) => ({ ...prompt, label: prompt.name })),
        query,
      ),
    [prompts, query],
  );
  const [markedId, setMarkedId] = useState<string | null>(null);
  const at = Math.max(
    0,
    found.findIndex(({ id }) => id === markedId),
  );
  const marked = found[at];
  const markedOption = marked && `${listId}-${marked.id}`;
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    onMark(markedOption === undefined ? null : { listId, optionId: markedOption });
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [onMark, listId, markedOption]);
  useLayoutEffect(() => {
    takeKey.current = (event) => {
      // While an input method composes, its keys are its own.
      if (event.nativeEvent.isComposing || event.keyCode === 229 || event.shiftKey) return false;
      if (event.key === "Escape") onClose();
      else if (!marked) return false;
      else if (event.key === "Enter" || event.key === "Tab") onChoose(marked.text);
      else if (event.key === "ArrowDown") setMarkedId(found[(at + 1) % found.length]?.id ?? null);
      else if (event.key === "ArrowUp") setMarkedId(found.at(at - 1)?.id ?? null);
      else return false;
      event.preventDefault();
      return true;
    };
    return () => {
      takeKey.current = null;
    };
  });

  const empty = prompts?.length === 0 && query === "";
  const hidden = failure === null && found.length === 0 && !empty;
  return (
    <>
      <p role="status" className="sr-only">
        {prompts && t("found", { count: found.length })}
      </p>
      {!hidden && (
        <div className="absolute inset-x-0 bottom-full z-20 mb-2 flex max-h-[min(15rem,28dvh)] animate-fade-in flex-col overflow-hidden rounded-card border border-border bg-overlay shadow-float">
          {failure !== null && (
            <p role="alert" className="px-3.5 py-2.5 text-13 text-danger">
              {t("failed", { message: failure })}
            </p>
          )}
          {empty && <p className="px-3.5 pt-2.5 text-13 text-muted">{t("none")}</p>}
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={t("label")}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1 empty:hidden"
          >
            {found.map((prompt) => (
              <Option
                key={prompt.id}
                id={`${listId}-${prompt.id}`}
                prompt={prompt}
                selected={prompt === marked}
                onPoint={() => setMarkedId(prompt.id)}
                onChoose={() => onChoose(prompt.text)}
              />
            ))}
          </div>
          <Link
            href={paths.prompts}
            className="target flex shrink-0 items-center border-border border-t px-3.5 text-13 text-accent hover:bg-raised"
          >
            {t("manage")}
          </Link>
        </div>
      )}
    </>
  );
}

interface OptionProps {
  id: string;
  prompt: Prompt;
  selected: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Option({ id, prompt, selected, onPoint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the composer's, where the focus is.
    // biome-ignore lint/a11y/useFocusableInteractive: an option is pointed at by aria-activedescendant.
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onPointerMove={onPoint}
      // The composer keeps the focus, and on phones its keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className="target flex cursor-pointer flex-col justify-center rounded-control px-2.5 py-1 aria-selected:bg-raised"
    >
      <span dir="auto" className="truncate text-14">
        {prompt.name}
      </span>
      <span dir="auto" className="truncate text-12 text-muted">
        {prompt.text}
      </span>
    </div>
  );
}

function usePrompts(): { prompts: Prompt[] | null; failure: string | null } {
  const locale = useLocale();
  const [prompts, setPrompts] = useState<Prompt[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void promptsApi.list().then((answer) => {
      if (!current) return;
      if (answer.ok) setPrompts(sortPrompts(answer.data, locale));
      else setFailure(answer.message);
    });
    return () => {
      current = false;
    };
  }, [locale]);
  return { prompts, failure };
}
