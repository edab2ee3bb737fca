import type { Place } from "../page-cursor.ts";

/** What comes after a place, newest first. The bound on the time alone lets the index start there. */
export function olderThan(place: Place | null) {
  if (!place) return {};
  return {
    createdAt: { lte: place.at },
    OR: [{ createdAt: { lt: place.at } }, { id: { lt: place.id } }],
  };
}
