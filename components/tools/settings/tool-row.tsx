"use client";

import { useTranslations } from "next-intl";
import { Switch } from "radix-ui";
import type { ToolChoice } from "#lib/chat/tools/approval.ts";
import { approvalSchema } from "#lib/chat/tools/approval.ts";
import type { ToolEntry } from "#lib/chat/tools/settings.ts";
import { useToolWords } from "./use-tool-words.ts";

export interface ToolRowProps {
  entry: ToolEntry;
  onChoose(choice: ToolChoice): void;
}

/** One tool: its name, whether it is used, when it asks. */
export function ToolRow({ entry, onChoose }: ToolRowProps) {
  const t = useTranslations("tools.settings");
  const { name, says } = useToolWords(entry);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <span className="min-w-0 flex-1 basis-full sm:basis-40">
        <span className="block truncate font-medium">{name}</span>
        <span className="line-clamp-2 text-13 text-muted">{says}</span>
      </span>
      <select
        aria-label={t("approvalOf", { tool: name })}
        value={entry.approval}
        disabled={!entry.enabled}
        onChange={(event) => onChoose({ ...entry, approval: approvalSchema.parse(event.target.value) })}
        className="target rounded-control border border-control bg-overlay px-2 text-13 disabled:opacity-60 max-sm:mr-auto"
      >
        {approvalSchema.options.map((approval) => (
          <option key={approval} value={approval}>
            {t(`approvals.${approval}`)}
          </option>
        ))}
      </select>
      <ToolSwitch
        label={t("use", { tool: name })}
        checked={entry.enabled}
        onChange={(enabled) => onChoose({ ...entry, enabled })}
      />
    </li>
  );
}

interface ToolSwitchProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

export function ToolSwitch({ label, checked, onChange }: ToolSwitchProps) {
  return (
    <span className="target inline-flex items-center">
      <Switch.Root
        aria-label={label}
        checked={checked}
        onCheckedChange={onChange}
        className="relative h-6 w-10 rounded-full bg-control transition-colors data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-5 translate-x-0.5 rounded-full bg-background transition-transform data-[state=checked]:translate-x-[18px] motion-reduce:transition-none" />
      </Switch.Root>
    </span>
  );
}
