const fills = [
  "fill-chart-1",
  "fill-chart-2",
  "fill-chart-3",
  "fill-chart-4",
  "fill-chart-5",
  "fill-chart-6",
];

/** The colour of a chart's layer, from 1 to 6. */
export function Swatch({ color }: { color: number }) {
  return (
    <svg aria-hidden="true" width="10" height="10" className="shrink-0">
      <rect width="10" height="10" rx="2" className={fills[color - 1] ?? "fill-chart-6"} />
    </svg>
  );
}
