/** A wait in the reader's words: "42 sec", "3 min 5 sec", "5 hr 20 min". */
export function formatWait(seconds: number, locale: string): string {
  const unit = (value: number, name: "second" | "minute" | "hour") =>
    value.toLocaleString(locale, { style: "unit", unit: name, unitDisplay: "short" });
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return unit(seconds, "second");
  if (minutes < 60) {
    const rest = seconds % 60;
    return rest === 0 ? unit(minutes, "minute") : `${unit(minutes, "minute")} ${unit(rest, "second")}`;
  }
  return `${unit(Math.floor(minutes / 60), "hour")} ${unit(minutes % 60, "minute")}`;
}
