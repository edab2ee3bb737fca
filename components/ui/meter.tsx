import { classNames } from "./class-names.ts";

export interface MeterProps {
  /** What is measured, for screen readers: "Free requests left today". */
  label: string;
  value: number;
  max: number;
  /** The value in words: "88 of 100". */
  valueText: string;
  tone?: "accent" | "warning" | "danger" | undefined;
}

const fills = { accent: "bg-accent", warning: "bg-warning", danger: "bg-danger" };

/** A thin bar; the words that say the same stand beside it. */
export function Meter({ label, value, max, valueText, tone = "accent" }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers do not let <meter> be drawn as one thin line.
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={valueText}
      className="h-1 overflow-hidden rounded-full bg-foreground/10"
    >
      <div className={classNames("h-full rounded-full", fills[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
