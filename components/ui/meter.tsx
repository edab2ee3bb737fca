export interface MeterProps {
  /** What is measured, for screen readers: "Free requests left today". */
  label: string;
  value: number;
  max: number;
  /** The value in words: "88 of 100". */
  valueText: string;
  tone?: "accent" | "warning" | "danger" | undefined;
}

const fills = { accent: "fill-accent", warning: "fill-warning", danger: "fill-danger" };

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
      {/* Drawn, because a strict content policy forbids style attributes. */}
      <svg aria-hidden="true" className="block size-full">
        <rect width={`${share * 100}%`} height="100%" rx="2" className={fills[tone]} />
      </svg>
    </div>
  );
}
