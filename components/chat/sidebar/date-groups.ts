export interface DateGroup<T> {
  /** A month as its first day, local time. */
  when: "today" | "yesterday" | "week" | "month" | Date;
  items: T[];
}

const dayMs = 86_400_000;

/** Groups what is sorted newest first by calendar days of the viewer: today, yesterday, the week, then months. */
export function groupByDate<T extends { lastMessageAt: string }>(
  items: readonly T[],
  now: Date,
): DateGroup<T>[] {
  const groups: DateGroup<T>[] = [];
  for (const item of items) {
    const when = whenOf(new Date(item.lastMessageAt), now);
    const last = groups.at(-1);
    if (last && keyOf(last) === keyOf({ when })) last.items.push(item);
    else groups.push({ when, items: [item] });
  }
  return groups;
}

export function keyOf({ when }: Pick<DateGroup<unknown>, "when">): string {
  return typeof when === "string" ? when : when.toISOString();
}

function whenOf(at: Date, now: Date): DateGroup<unknown>["when"] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  // Rounding keeps the count right on the days that have 23 or 25 hours.
  const days = Math.round(
    (midnight - new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()) / dayMs,
  );
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  if (days < 7) return "week";
  return days < 30 ? "month" : new Date(at.getFullYear(), at.getMonth(), 1);
}
