"use client";

import { Lightbulb } from "lucide-react";
import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";

export interface ThinkingSwitchProps {
  on: boolean;
  disabled: boolean;
  onSwitch: (on: boolean) => void;
}

/** Whether the model thinks before it answers in this chat. */
export function ThinkingSwitch({ on, disabled, onSwitch }: ThinkingSwitchProps) {
  const t = useTranslations("composer.options");
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={t("thinking")}
      title={t(on ? "thinkingOn" : "thinkingOff")}
      disabled={disabled}
      onClick={() => onSwitch(!on)}
      className={classNames(
        "target inline-flex shrink-0 items-center gap-1.5 rounded-control px-2 text-13 transition-colors disabled:opacity-50",
        on ? "bg-accent-soft text-accent" : "text-muted hover:bg-raised hover:text-foreground",
      )}
    >
      <Lightbulb aria-hidden="true" className="size-4.5" />
      <span className="max-sm:sr-only">{t("thinking")}</span>
    </button>
  );
}
