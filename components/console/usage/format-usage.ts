const secondMs = 1000;

const units = {
  en: { ms: " ms", s: " s", min: " min " },
  "zh-CN": { ms: " 毫秒", s: " 秒", min: " 分钟 " },
} as const;

/** How figures are written in a language of the interface. */
export interface UsageFormat {
  /** A whole number with its thousands set apart. */
  count(value: number): string;
  /** The same where there is little room: "1.2M". */
  short(value: number): string;
  /** "412 ms", "3.4 s", "42 s", "2 min 5 s". */
  ms(value: number): string;
  /** "12%", below ten per cent with a decimal. */
  percent(value: number): string;
}

function makeFormat(locale: keyof typeof units): UsageFormat {
  const whole = new Intl.NumberFormat(locale);
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const unit = units[locale];
  return {
    count: (value) => whole.format(value),
    short: (value) => compact.format(value),
    ms(value) {
      if (value < secondMs) return `${whole.format(Math.round(value))}${unit.ms}`;
      if (value < 9_950) return `${tenths.format(value / secondMs)}${unit.s}`;
      const seconds = Math.round(value / secondMs);
      if (seconds < 60) return `${whole.format(seconds)}${unit.s}`;
      const minutes = `${whole.format(Math.floor(seconds / 60))}${unit.min}`;
      return seconds % 60 === 0 ? minutes.trimEnd() : `${minutes}${seconds % 60}${unit.s}`;
    },
    percent: (value) =>
      `${value > 0 && value < 10 ? tenths.format(value) : whole.format(Math.round(value))}%`,
  };
}

const formats = { en: makeFormat("en"), "zh-CN": makeFormat("zh-CN") };

/** The figures of the console in a language; English for one that the interface does not speak. */
export function usageFormat(locale: string): UsageFormat {
  return locale === "zh-CN" ? formats["zh-CN"] : formats.en;
}
