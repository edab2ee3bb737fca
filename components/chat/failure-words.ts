"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { errorTable } from "#lib/wire/errors.ts";

export interface Advice {
  title: string;
  whatToDo: string | null;
}

const named = [
  "unreachable",
  "not_signed_in",
  "rate_limited",
  "daily_quota_exceeded",
  "budget_exceeded",
  "other_account",
  "context_length_exceeded",
  "invalid_key",
  "upstream_unavailable",
  "upstream_timeout",
  "upstream_error",
  "internal",
] as const;

function isKnown(code: string): code is keyof typeof errorTable {
  return Object.hasOwn(errorTable, code);
}

/** Tells what a failure is called and what to do about it. The exact message of the server stands beside it. */
export function useAdvice(): (code: string) => Advice {
  const t = useTranslations("chat.thread.failure");
  return useCallback(
    (code) => {
      const name = named.find((candidate) => candidate === code);
      if (name) return { title: t(`${name}.title`), whatToDo: t(`${name}.whatToDo`) };
      const retryable = isKnown(code) && errorTable[code].retryable;
      return { title: t("other"), whatToDo: retryable ? t("again") : null };
    },
    [t],
  );
}
