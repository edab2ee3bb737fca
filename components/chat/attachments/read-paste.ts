import { longPasteChars } from "#lib/chat/attachments/limits.ts";

/**
 * What of a paste becomes files; null when its text goes into the field. Office programs put a picture of the text
 * beside it, formatted: there the text is meant.
 */
export function readPaste(
  clipboard: Pick<DataTransfer, "files" | "getData">,
): { files: File[] } | { text: string } | null {
  const files = Array.from(clipboard.files);
  const text = clipboard.getData("text/plain");
  const formatted = text !== "" && clipboard.getData("text/html") !== "";
  if (files.length > 0 && !formatted) return { files };
  return text.length > longPasteChars ? { text } : null;
}
