"use client";

import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast-store.ts";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import { asProblem, chatApi } from "../chat-api.ts";

/** What was chosen on this page, ahead of pages that the router has kept from before. */
let chosenHere: ChatOptions | null = null;

export interface DefaultOptions {
  options: ChatOptions;
  /** Gives whether it was saved. */
  save(options: ChatOptions): Promise<boolean>;
}

/** What new chats begin with, and how to change it. `stored` is as the server knew it for this page. */
export function useDefaultOptions(stored: ChatOptions): DefaultOptions {
  const t = useTranslations("composer.options");
  return {
    options: chosenHere ?? stored,
    async save(options: ChatOptions): Promise<boolean> {
      try {
        await chatApi.setDefaultOptions(options);
      } catch (error) {
        toast({ title: t("notSaved"), description: asProblem(error).message, tone: "danger" });
        return false;
      }
      chosenHere = options;
      return true;
    },
  };
}
