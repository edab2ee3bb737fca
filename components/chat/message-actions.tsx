"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { ChatStore } from "./chat-store.ts";

/** The place of a message among its versions. */
export interface VersionProps {
  /** From 1. */
  number: number;
  count: number;
  previousId: string | null;
  nextId: string | null;
}

/** `‹ 2/3 ›`, when there is more than one version. */
export function VersionSwitch({
  version,
  store,
  disabled,
}: {
  version: VersionProps;
  store: ChatStore;
  disabled: boolean;
}) {
  const { number, count, previousId, nextId } = version;
  const t = useTranslations("chat.thread.version");
  if (count < 2) return null;
  const go = (id: string | null) => () => {
    if (id) void store.switchTo(id);
  };
  return (
    <fieldset className="flex items-center" aria-label={t("place", { number, count })}>
      <IconButton
        label={t("previous")}
        icon={<ChevronLeft aria-hidden="true" />}
        disabled={disabled || !previousId}
        onClick={go(previousId)}
      />
      <span className="figures text-13 text-muted" aria-hidden="true">
        {number}/{count}
      </span>
      <IconButton
        label={t("next")}
        icon={<ChevronRight aria-hidden="true" />}
        disabled={disabled || !nextId}
        onClick={go(nextId)}
      />
    </fieldset>
  );
}

/** The acts below a message: there on hover, on focus, and always where there is no hover. */
export function ActionRow({
  always,
  className,
  children,
}: {
  always: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={classNames(
        "flex min-h-9 flex-wrap items-center transition-opacity print:hidden",
        !always &&
          "opacity-0 focus-within:opacity-100 group-hover/message:opacity-100 has-[[data-state=open]]:opacity-100 touch:opacity-100",
        className,
      )}
    >
      {children}
    </div>
  );
}
