const fills = [
  "fill-chart-1",
  "fill-chart-2",
  "fill-chart-3",
  "fill-chart-4",
  "fill-chart-5",
  "fill-chart-6",
];

/** The colour of a chart's layer, from 1 to 6; of a dashed line as two dashes. */
export function Swatch({ color, dashed = false }: { color: number; dashed?: boolean }) {
  const fill = fills[color - 1] ?? "fill-chart-6";
  if (dashed) {
    return (
      <svg aria-hidden="true" width="14" height="10" className="shrink-0">
        <rect y="4" width="6" height="3" className={fill} />
        <rect x="8" y="4" width="6" height="3" className={fill} />
      </svg>
    );
  }
  return (
    <svg aria-hidden="true" width="10" height="10" className="shrink-0">
      <rect width="10" height="10" rx="2" className={fill} />
    </svg>
  );
}
