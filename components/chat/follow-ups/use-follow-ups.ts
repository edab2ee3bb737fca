"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { FollowUps } from "#lib/chat/message.ts";
import { asProblem } from "../chat-api.ts";
import { askForFollowUps } from "./follow-ups-api.ts";

export interface FollowUpsQuestion {
  chatId: string;
  messageId: string;
  known: FollowUps | null;
  atOnce: boolean;
}

/** What is suggested after a reply, and how asking for it stands. At once it is asked only in a window that somebody sees. */
export function useFollowUps({ chatId, messageId, known, atOnce }: FollowUpsQuestion) {
  const [answered, setAnswered] = useState<FollowUps | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [byHand, setByHand] = useState(false);
  const askedAtOnce = useRef(false);
  const followUps = answered ?? known;

  const ask = useCallback(async () => {
    setAsking(true);
    setFailure(null);
    try {
      setAnswered(await askForFollowUps(chatId, messageId));
    } catch (error) {
      setFailure(asProblem(error).message);
    }
    setAsking(false);
  }, [chatId, messageId]);

  const wanted = atOnce && followUps === null;
  useEffect(() => {
    if (!wanted || askedAtOnce.current || document.visibilityState !== "visible") return;
    askedAtOnce.current = true;
    void ask();
  }, [wanted, ask]);

  return {
    followUps,
    asking,
    failure,
    /** Whether the person has asked, not the setting. */
    byHand,
    ask() {
      setByHand(true);
      void ask();
    },
  };
}
