"use client";

import { Mic } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toast } from "#components/ui/toast-store.ts";

/** Ends the listening. */
type Stop = () => void;

/** Writes what is spoken into the message, by the browser's own recognition. Nothing where there is none. */
export function VoiceButton({ onText }: { onText: (text: string) => void }) {
  const t = useTranslations("composer.voice");
  const locale = useLocale();
  const [possible, setPossible] = useState(false);
  const [listening, setListening] = useState(false);
  /** What it has understood so far of a sentence that goes on. */
  const [coming, setComing] = useState("");
  const stop = useRef<Stop | null>(null);
  const write = useRef(onText);
  useEffect(() => {
    write.current = onText;
  });
  useEffect(() => {
    setPossible("SpeechRecognition" in window || "webkitSpeechRecognition" in window);
    return () => stop.current?.();
  }, []);

  async function start() {
    setListening(true);
    const { listen } = await import("./listen.ts");
    stop.current = listen(locale, {
      onWords: (words) => write.current(words),
      onComing: setComing,
      onEnd(failure) {
        stop.current = null;
        setListening(false);
        setComing("");
        if (failure) toast({ title: t(failure), tone: "danger" });
      },
    });
  }
  if (!possible) return null;
  return (
    <>
      <IconButton
        label={t(listening ? "stop" : "start")}
        about={listening ? undefined : t("about")}
        aria-pressed={listening}
        icon={<Mic aria-hidden="true" />}
        onClick={() => (listening ? stop.current?.() : void start())}
        className={listening ? "bg-danger-soft text-danger" : undefined}
      />
      <p role="status" className="sr-only">
        {listening && t("listening")}
      </p>
      {listening && (
        <p
          aria-hidden="true"
          className="absolute inset-x-2 bottom-full z-10 mb-2 truncate rounded-control bg-raised px-3 py-1.5 text-13 text-muted"
        >
          {coming || `${t("listening")}…`}
        </p>
      )}
    </>
  );
}
