"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const SLOW_AFTER_MS = 9_000;
const PAUSE_AFTER_MS = 1_200;

export interface WaitingLineProps {
  /** Changes its identity with everything that arrives. */
  progress: object;
  /** Something of the reply is already shown: only a pause is worth a sign. */
  begun: boolean;
  connectionLost: boolean;
}

/** What there is to say while nothing comes. */
export function WaitingLine({ progress, begun, connectionLost }: WaitingLineProps) {
  const t = useTranslations("chat.thread.waiting");
  const paused = useStill(progress, PAUSE_AFTER_MS);
  const slow = useStill(progress, SLOW_AFTER_MS);
  const words = connectionLost ? t("lost") : slow ? t("slow") : null;
  if (begun && !paused && words === null) return null;
  return (
    <p className="flex min-h-7 items-center gap-2.5 text-14 text-muted">
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-accent" />
      {words}
    </p>
  );
}

/** Whether nothing has come for so long. */
function useStill(progress: object, afterMs: number): boolean {
  const [stillAt, setStillAt] = useState<object | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setStillAt(progress), afterMs);
    return () => clearTimeout(timer);
  }, [progress, afterMs]);
  return stillAt === progress;
}
