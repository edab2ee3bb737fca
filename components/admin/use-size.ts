import { useFormatter } from "next-intl";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Writes numbers of bytes in the largest unit that leaves a whole digit. */
export function useSize(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
    return format.number(bytes / 1000 ** power, {
      style: "unit",
      unit: units[power] ?? "byte",
      // The short form has no plural of "byte".
      unitDisplay: power === 0 ? "long" : "short",
      maximumFractionDigits: 1,
    });
  };
}
