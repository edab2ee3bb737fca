const units = { en: { second: "s", minute: "min" }, zh: { second: "秒", minute: "分" } };

/** A measured time in the reader's language: "0.8 s", "12 s", "2 min 5 s"; "0.8 秒", "2 分 5 秒". */
export function formatDuration(ms: number, locale: string): string {
  const { second, minute } = locale.startsWith("zh") ? units.zh : units.en;
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
  if (ms < 9_950) return `${number(Math.max(0, ms) / 1_000)} ${second}`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} ${second}`;
  const minutes = `${number(Math.floor(seconds / 60))} ${minute}`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} ${second}`;
}
