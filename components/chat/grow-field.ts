import { type RefObject, useLayoutEffect } from "react";

/** Makes a text area as high as its text, up to what its style allows. */
function growField(field: HTMLTextAreaElement | null): void {
  // Where the style does it by itself (`field-sizing-content`), asking for the height would lay the page out for every key.
  if (!field || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

/** Keeps a text area with the style `field-sizing-content` as high as `text`, which it shows. */
export function useGrowingField(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => growField(field.current), [text]);
}
