/** Percentages as typed, such as `50, 80 %`; what is no number becomes NaN's null in JSON, to be refused there. */
export function readPercents(text: string): number[] {
  return text
    .split(/[\s,，、;；%]+/)
    .filter(Boolean)
    .map(Number);
}
