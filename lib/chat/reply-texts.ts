import type { MessageParts } from "./message.ts";

type Part = MessageParts[number];

/** The places of the texts of a reply as they are shown: neighbouring parts of text are one. */
function textPlaces(parts: MessageParts): number[][] {
  const places: number[][] = [];
  let open: number[] | null = null;
  parts.forEach((part, at) => {
    if (part.type === "step-start") return;
    if (part.type !== "text") open = null;
    else if (open) open.push(at);
    else if (part.text.trim() !== "") {
      open = [at];
      places.push(open);
    }
  });
  return places;
}

/** The texts of a reply, which a person may change; thinking and calls of tools stand between them. */
export function replyTexts(parts: MessageParts): string[] {
  return textPlaces(parts).map((places) =>
    places.map((at) => (parts[at]?.type === "text" ? parts[at].text : "")).join(""),
  );
}

/**
 * A reply with other texts in the place of its own; what was thought and what tools were asked stays as the model wrote it, since it is
 * shown both again. An empty text leaves its place. Null when there are not as many as the reply has, or nothing would be said.
 */
export function withReplyTexts(parts: MessageParts, texts: readonly string[]): MessageParts | null {
  const places = textPlaces(parts);
  if (texts.length !== places.length || texts.every((text) => text.trim() === "")) return null;
  const changed = new Map<number, Part | null>();
  places.forEach((group, index) => {
    const text = texts[index] ?? "";
    for (const at of group) changed.set(at, null);
    const [first] = group;
    // Without what the model's own text carries: the gateway would put that text back.
    if (first !== undefined && text.trim() !== "") changed.set(first, { type: "text", text, state: "done" });
  });
  return parts.flatMap((part, at) => {
    const put = changed.get(at);
    if (put === undefined) return [part];
    return put === null ? [] : [put];
  });
}
