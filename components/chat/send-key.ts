import type { KeyboardEvent } from "react";

/**
 * Whether a key press means "send". Enter that ends a word of an input method does not: Safari reports it after the
 * composition has ended, and only the key code 229 tells.
 */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  return !event.nativeEvent.isComposing && event.keyCode !== 229;
}
