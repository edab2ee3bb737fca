"use client";

import { createContext, type KeyboardEvent, useContext } from "react";
import { defaultSendKey, type SendKey } from "#lib/accounts/choices.ts";

const Context = createContext<SendKey>(defaultSendKey);

/** Says below it which key press sends. */
export const SendKeyProvider = Context.Provider;

export function useSendKey(): SendKey {
  return useContext(Context);
}

/** What stands on the keys that send. */
export function sendCaps(sendKey: SendKey, mac: boolean): readonly string[] {
  return sendKey === "enter" ? ["Enter"] : [mac ? "⌘" : "Ctrl", "Enter"];
}

/**
 * Whether a key press means "send". Enter that ends a word of an input method does not: Safari reports it after the
 * composition has ended, and only the key code 229 tells.
 */
export function isSendKey(event: KeyboardEvent, sendKey: SendKey): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  if (sendKey === "mod-enter" && !event.ctrlKey && !event.metaKey) return false;
  return !event.nativeEvent.isComposing && event.keyCode !== 229;
}
