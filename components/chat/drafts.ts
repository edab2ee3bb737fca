const keyOf = (chat: string) => `draft:${chat}`;

/** What was typed for a chat and not sent (or for the next chat of an account). Empty where the browser blocks storage. */
export function readDraft(chat: string): string {
  try {
    return localStorage.getItem(keyOf(chat)) ?? "";
  } catch {
    return "";
  }
}

/** Gives false where the browser blocks storage or has no room: the draft then lives as long as the page. */
export function writeDraft(chat: string, text: string): boolean {
  try {
    if (text === "") localStorage.removeItem(keyOf(chat));
    else localStorage.setItem(keyOf(chat), text);
    return true;
  } catch {
    return false;
  }
}
