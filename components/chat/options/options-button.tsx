"use client";

import { SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type ChatOptions, defaultChatOptions, sameOptions } from "#lib/chat/default-options.ts";

const OptionsDialog = dynamic(() => import("./options-dialog.tsx").then((module) => module.OptionsDialog), {
  ssr: false,
});

export interface OptionsButtonProps {
  options: ChatOptions;
  disabled: boolean;
  onChange: (options: ChatOptions) => void;
  /** Gives whether it was saved. */
  onDefault: (options: ChatOptions) => Promise<boolean>;
}

/** Opens the options of the chat; a mark says that some were chosen. */
export function OptionsButton({ options, disabled, onChange, onDefault }: OptionsButtonProps) {
  const t = useTranslations("composer.options");
  const [open, setOpen] = useState(false);
  const chosen = !sameOptions({ ...options, thinking: true }, defaultChatOptions);
  return (
    <>
      <span className="relative">
        <IconButton
          label={t(chosen ? "openChosen" : "open")}
          icon={<SlidersHorizontal aria-hidden="true" />}
          disabled={disabled}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        />
        {chosen && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-1.5 right-1.5 size-1.5 rounded-full bg-accent"
          />
        )}
      </span>
      {options.answer === "json" && (
        <span className="rounded-control bg-raised px-1.5 py-0.5 font-mono text-12 text-muted">JSON</span>
      )}
      {open && (
        <OptionsDialog
          options={options}
          onClose={() => setOpen(false)}
          onChange={onChange}
          onDefault={onDefault}
        />
      )}
    </>
  );
}
