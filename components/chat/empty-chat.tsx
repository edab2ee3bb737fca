"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

// Real prompts, each for something the chat does.
const suggestions = ["reason", "code", "format", "write"] as const;

function partOfDay(hour: number): string {
  if (hour < 5) return "night";
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

/** Greets by the viewer's time of day, which only the browser knows. */
export function Greeting({ name }: { name: string | null }) {
  const t = useTranslations("chat.empty");
  const [hour, setHour] = useState<string | null>(null);
  useEffect(() => setHour(partOfDay(new Date().getHours())), []);
  const greeting = hour === null ? null : t("greeting", { hour });
  return (
    <h1 className="min-h-10 text-balance pb-6 text-center text-28">
      <span className="sr-only">{t("heading")} </span>
      {greeting && (
        <span className="animate-fade-in">{name ? t("greetingWithName", { greeting, name }) : greeting}</span>
      )}
    </h1>
  );
}

export function Suggestions({ onPick }: { onPick: (prompt: string) => void }) {
  const t = useTranslations("chat.empty");
  return (
    <ul aria-label={t("suggestions")} className="grid gap-2 sm:grid-cols-2">
      {suggestions.map((suggestion) => (
        <li key={suggestion}>
          <SuggestionButton
            title={t(`${suggestion}.title`)}
            about={t(`${suggestion}.about`)}
            onClick={() => onPick(t(`${suggestion}.prompt`))}
          />
        </li>
      ))}
    </ul>
  );
}

interface SuggestionButtonProps {
  title: string;
  about: string;
  onClick: () => void;
}

function SuggestionButton({ title, about, onClick }: SuggestionButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="w-full rounded-card border border-border px-3.5 py-2.5 text-left transition-colors hover:border-control hover:bg-surface"
    >
      <span className="block font-medium text-14">{title}</span>
      <span className="block truncate text-13 text-muted">{about}</span>
    </button>
  );
}
