"use client";

import { Volume2, VolumeX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { spokenLanguage, spokenText, utterancesOf } from "./spoken-text.ts";

/** Reads an answer aloud by the browser's own voice, until it ends, is stopped, or leaves the page. Nothing where there is none. */
export function ReadAloud({ text }: { text: string }) {
  const t = useTranslations("chat.thread.aloud");
  const locale = useLocale();
  const [possible, setPossible] = useState(false);
  const [reading, setReading] = useState(false);
  useEffect(() => setPossible("speechSynthesis" in window), []);
  useEffect(() => {
    if (!reading) return;
    let current = true;
    const pieces = utterancesOf(spokenText(text, t("code")));
    window.speechSynthesis.cancel();
    pieces.forEach((piece, at) => {
      const utterance = new SpeechSynthesisUtterance(piece);
      utterance.lang = spokenLanguage(piece) ?? locale;
      if (at === pieces.length - 1) utterance.onend = () => current && setReading(false);
      utterance.onerror = () => current && setReading(false);
      window.speechSynthesis.speak(utterance);
    });
    if (pieces.length === 0) setReading(false);
    return () => {
      current = false;
      window.speechSynthesis.cancel();
    };
  }, [reading, text, locale, t]);
  if (!possible) return null;
  return (
    <IconButton
      label={t(reading ? "stop" : "start")}
      aria-pressed={reading}
      icon={reading ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}
      onClick={() => setReading(!reading)}
    />
  );
}
