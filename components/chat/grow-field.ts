/** Makes a text area as high as its text, up to what its style allows. */
export function growField(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
