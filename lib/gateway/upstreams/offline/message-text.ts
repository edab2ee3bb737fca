import type { ChatMessage } from "#lib/wire/chat-completions.ts";

/** The text parts of a message, in order; images and other parts left out. */
export function messageText({ content }: ChatMessage): string {
  if (content === null || content === undefined) return "";
  if (typeof content === "string") return content;
  return content.flatMap((part) => (typeof part.text === "string" ? [part.text] : [])).join("\n");
}

/** The addresses (data URIs among them) of the images of a message, in order. */
export function messageImageUrls({ content }: ChatMessage): string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => {
    if (part.image_url === undefined) return [];
    return [typeof part.image_url === "string" ? part.image_url : part.image_url.url];
  });
}
