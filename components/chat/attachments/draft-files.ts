import { type FilePart, parseFilePart } from "#lib/chat/attachments/file-part.ts";

const keyOf = (chat: string) => `draft-files:${chat}`;
/** Less than the day after which the server lets go of what was not sent. */
const keptMs = 20 * 60 * 60_000;

/** The files attached for a chat and not sent. Empty where the browser blocks storage. */
export function readDraftFiles(chat: string, now: number): FilePart[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(chat)) ?? "null");
    if (typeof stored !== "object" || stored === null || !("savedAt" in stored && "files" in stored))
      return [];
    const { savedAt, files } = stored;
    const isRecent = typeof savedAt === "number" && now - savedAt < keptMs;
    return isRecent && Array.isArray(files) ? files.map(parseFilePart) : [];
  } catch {
    return [];
  }
}

/** Gives false where the browser blocks storage or has no room: they are then kept as long as the page. */
export function writeDraftFiles(chat: string, files: readonly FilePart[], now: number): boolean {
  try {
    if (files.length === 0) localStorage.removeItem(keyOf(chat));
    else localStorage.setItem(keyOf(chat), JSON.stringify({ savedAt: now, files }));
    return true;
  } catch {
    return false;
  }
}
