"use client";

import { Pencil, Plus, TextQuote, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import { filterCommands } from "#components/shortcuts/filter-commands.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { PromptDialog } from "./prompt-dialog.tsx";
import { type Prompt, promptsApi } from "./prompts-api.ts";
import { sortPrompts } from "./sort-prompts.ts";

/** From this many on they are looked for. */
const searchedFrom = 8;

/** The person's prompts: made, changed, deleted with a way back. */
export function PromptsView({ prompts }: { prompts: readonly Prompt[] }) {
  const t = useTranslations("prompts");
  const locale = useLocale();
  const router = useRouter();
  const [open, setOpen] = useState<Prompt | "new" | null>(null);
  const [query, setQuery] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const sorted = sortPrompts(prompts, locale);
  const shown = filterCommands(
    sorted.map((prompt) => ({ ...prompt, label: prompt.name, words: prompt.text })),
    query,
  );

  async function remove({ id, name, text }: Prompt) {
    const answer = await promptsApi.remove(id);
    setFailure(answer.ok ? null : t("failed", { message: answer.message }));
    router.refresh();
    if (!answer.ok) return;
    const onAct = async () => {
      const restored = await promptsApi.create({ name, text });
      if (!restored.ok)
        toast({ title: t("notRestored", { name }), description: restored.message, tone: "danger" });
      router.refresh();
    };
    toast({ title: t("deleted", { name }), action: { label: t("undo"), onAct: () => void onAct() } });
  }

  const create = (
    <Button size="small" onClick={() => setOpen("new")}>
      <Plus aria-hidden="true" />
      {t("new")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <FormMessage>{failure}</FormMessage>
      {prompts.length === 0 ? (
        <EmptyState icon={<TextQuote />} title={t("empty.title")} action={create}>
          {t("empty.text")}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <span className="figures flex-1 text-13 text-muted">{t("count", { count: prompts.length })}</span>
            {create}
          </div>
          {prompts.length >= searchedFrom && (
            <TextField
              type="search"
              label={t("search")}
              labelHidden
              placeholder={t("search")}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
          {shown.length === 0 && (
            <p role="status" className="text-14 text-muted">
              {t("none")}
            </p>
          )}
          <ul className="divide-y divide-border rounded-card border border-border empty:hidden">
            {shown.map((prompt) => (
              <PromptRow
                key={prompt.id}
                prompt={prompt}
                onEdit={() => setOpen(prompt)}
                onDelete={() => void remove(prompt)}
              />
            ))}
          </ul>
        </>
      )}
      {open && (
        <PromptDialog
          prompt={open === "new" ? null : open}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            router.refresh();
          }}
        />
      )}
    </div>
  );
}

interface PromptRowProps {
  prompt: Prompt;
  onEdit: () => void;
  onDelete: () => void;
}

function PromptRow({ prompt: { name, text }, onEdit, onDelete }: PromptRowProps) {
  const t = useTranslations("prompts");
  return (
    <li className="flex items-center gap-2 py-2 pr-2 pl-4">
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-medium text-14">
          {name}
        </span>
        <span dir="auto" className="line-clamp-2 break-words text-13 text-muted">
          {text}
        </span>
      </span>
      <IconButton label={t("edit", { name })} icon={<Pencil aria-hidden="true" />} onClick={onEdit} />
      <IconButton label={t("delete", { name })} icon={<Trash2 aria-hidden="true" />} onClick={onDelete} />
    </li>
  );
}
