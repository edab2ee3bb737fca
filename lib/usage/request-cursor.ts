/** A place in a list of requests, newest first. */
export interface RequestPlace {
  createdAt: Date;
  id: string;
}

const CURSOR = /^(\d{1,15})\.([a-z]+_[0-9a-zA-Z]{1,64})$/;

/** The place as text that survives a URL unescaped. */
export function toCursor({ createdAt, id }: RequestPlace): string {
  return `${createdAt.getTime()}.${id}`;
}

/** The place that a cursor names; null when it is not a cursor. */
export function parseCursor(text: string): RequestPlace | null {
  const [, time, id] = CURSOR.exec(text) ?? [];
  return time === undefined || id === undefined ? null : { createdAt: new Date(Number(time)), id };
}
