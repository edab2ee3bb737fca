"use client";

import { useEffect, useState } from "react";
import { type Suggestion, suggestions } from "./suggestions.ts";

function greetingAt(hour: number): string {
  if (hour < 5) return "Good night";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}

/** Greets by the viewer's time of day, which only the browser knows. */
export function Greeting({ name }: { name: string | null }) {
  const [greeting, setGreeting] = useState("");
  useEffect(() => setGreeting(greetingAt(new Date().getHours())), []);
  return (
    <h1 className="min-h-10 text-balance pb-6 text-center text-28">
      <span className="sr-only">New chat. </span>
      {greeting && (
        <span className="animate-fade-in">
          {greeting}
          {name && `, ${name}`}
        </span>
      )}
    </h1>
  );
}

export function Suggestions({ onPick }: { onPick: (prompt: string) => void }) {
  return (
    <ul aria-label="Suggestions" className="grid gap-2 sm:grid-cols-2">
      {suggestions.map((suggestion) => (
        <li key={suggestion.title}>
          <SuggestionButton suggestion={suggestion} onPick={onPick} />
        </li>
      ))}
    </ul>
  );
}

interface SuggestionButtonProps {
  suggestion: Suggestion;
  onPick: (prompt: string) => void;
}

function SuggestionButton({ suggestion, onPick }: SuggestionButtonProps) {
  return (
    <button
      type="button"
      onClick={() => onPick(suggestion.prompt)}
      className="w-full rounded-card border border-border px-3.5 py-2.5 text-left transition-colors hover:border-control hover:bg-surface"
    >
      <span className="block font-medium text-14">{suggestion.title}</span>
      <span className="block truncate text-13 text-muted">{suggestion.about}</span>
    </button>
  );
}
