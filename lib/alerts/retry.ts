export const maxTries = 9;
const growth = 3;

/** How long after its `tries`-th failed try a delivery is tried again; null when it is given up. */
export function pauseAfter(tries: number, firstMs: number): number | null {
  return tries >= maxTries ? null : firstMs * growth ** (tries - 1);
}
