/** A place in a list that is ordered by time and then id, the newest first. */
export interface Place {
  at: Date;
  id: string;
}

const shape = /^(\d{1,15})\.([a-z]+_[0-9a-zA-Z]{1,64})$/;

/** The place as text that survives a URL unescaped. */
export function toPageCursor({ at, id }: Place): string {
  return `${at.getTime()}.${id}`;
}

/** The place that a cursor names; null when it is not one. */
export function parsePageCursor(text: string | undefined): Place | null {
  const [, time, id] = shape.exec(text ?? "") ?? [];
  return time === undefined || id === undefined ? null : { at: new Date(Number(time)), id };
}
