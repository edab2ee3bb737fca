export interface DateGroup<T> {
  label: string;
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
    const label = labelOf(new Date(item.lastMessageAt), now);
    const last = groups.at(-1);
    if (last?.label === label) last.items.push(item);
    else groups.push({ label, items: [item] });
  }
  return groups;
}

function labelOf(at: Date, now: Date): string {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  // Rounding keeps the count right on the days that have 23 or 25 hours.
  const days = Math.round(
    (midnight - new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()) / dayMs,
  );
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days < 7) return "Previous 7 days";
  if (days < 30) return "Previous 30 days";
  return at.toLocaleDateString("en-GB", { month: "long", year: "numeric" });
}
