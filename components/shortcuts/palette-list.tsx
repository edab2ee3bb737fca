"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { type Command, commandGroups } from "./command.ts";
import { filterCommands } from "./filter-commands.ts";
import { SearchFeed } from "./search-feed.tsx";

const mostChats = 30;

export interface PaletteListProps {
  commands: readonly Command[];
  onChoose: (command: Command) => void;
}

/** The field and what it leaves of the commands; the focus stays in the field, the keys move the mark (ARIA combobox). */
export function PaletteList({ commands, onChoose }: PaletteListProps) {
  const t = useTranslations("shell.palette");
  const listId = useId();
  const [query, setQuery] = useState("");
  const [markedId, setMarkedId] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<readonly Command[]>([]);
  const shown = [...arrange(filterCommands(commands, query), query), ...found];
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === markedId),
  );
  const marked = shown[at];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is kept in sight as it moves.
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [marked?.id]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    // While an input method composes, its keys are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: Math.min(at + 8, shown.length - 1),
      PageUp: Math.max(at - 8, 0),
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setMarkedId(shown[(next + shown.length) % shown.length]?.id ?? null);
    } else if (event.key === "Enter" && marked) {
      event.preventDefault();
      onChoose(marked);
    }
  }
  return (
    <>
      {query.trim() !== "" && <SearchFeed query={query} onFound={setFound} />}
      <input
        type="text"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={marked && optionId(listId, marked)}
        aria-autocomplete="list"
        aria-label={t("label")}
        placeholder={t("placeholder")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="go"
        dir="auto"
        value={query}
        maxLength={200}
        onChange={(event) => {
          setQuery(event.target.value);
          setMarkedId(null);
        }}
        onKeyDown={onKeyDown}
        className="w-full shrink-0 border-border border-b bg-transparent px-4 py-3.5 text-16 outline-none"
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t("title")}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5"
      >
        {commandGroups.map((group) => (
          <Group
            key={group}
            name={t(`groups.${group}`)}
            commands={shown.filter((command) => command.group === group)}
            marked={marked}
            listId={listId}
            onMark={setMarkedId}
            onChoose={onChoose}
          />
        ))}
      </div>
      <p role="status" className={shown.length > 0 ? "sr-only" : "px-4 pb-6 text-center text-14 text-muted"}>
        {shown.length > 0 ? t("count", { count: shown.length }) : t("none")}
      </p>
    </>
  );
}

/** In the order of the groups, as it is shown; few chats, since there may be thousands. */
function arrange(found: readonly Command[], query: string): Command[] {
  const most = query.trim() === "" ? 5 : mostChats;
  return commandGroups.flatMap((group) => {
    const members = found.filter((command) => command.group === group);
    return group === "chats" ? members.slice(0, most) : members;
  });
}

function optionId(listId: string, command: Command): string {
  return `${listId}-${command.id}`;
}

interface GroupProps extends PaletteListProps {
  name: string;
  marked: Command | undefined;
  listId: string;
  onMark: (id: string) => void;
}

function Group({ name, commands, marked, listId, onMark, onChoose }: GroupProps) {
  if (commands.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, and a fieldset is none.
    <div role="group" aria-label={name} className="mb-1">
      <p aria-hidden="true" className="px-2.5 pt-2 pb-1 font-medium text-12 text-muted">
        {name}
      </p>
      {commands.map((command) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, where the focus is.
        // biome-ignore lint/a11y/useFocusableInteractive: an option is pointed at by aria-activedescendant.
        <div
          key={command.id}
          id={optionId(listId, command)}
          role="option"
          aria-selected={command === marked}
          onPointerMove={() => onMark(command.id)}
          onClick={() => onChoose(command)}
          className="target flex cursor-pointer items-center gap-3 rounded-control px-2.5 text-14 aria-selected:bg-raised"
        >
          <span aria-hidden="true" className="shrink-0 text-muted [&_svg]:size-4">
            {command.icon}
          </span>
          <span className="min-w-0 flex-1">
            <span dir="auto" className="block truncate">
              {command.label}
            </span>
            {command.about && (
              <span dir="auto" className="block truncate text-12 text-muted">
                {command.about}
              </span>
            )}
          </span>
          {command.keys && (
            <span aria-hidden="true" className="shrink-0 touch:hidden">
              <Kbd keys={command.keys} />
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
