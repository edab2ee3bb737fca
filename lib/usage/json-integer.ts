/** An integer as JSON can carry it: a number while it is exact, else its decimal digits. */
export function toJsonInteger(value: bigint): number | string {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}
