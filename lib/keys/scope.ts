/** What can be held back from a key. */
export interface KeyScope {
  modelPatterns: readonly string[];
  requestsPerMinute: number | null;
  monthlyBudgetNanoUsd: bigint | null;
  expiresAt: Date | null;
}

/** Whether a key may do all that its account may. */
export function isUnscoped(key: KeyScope): boolean {
  const { modelPatterns, requestsPerMinute, monthlyBudgetNanoUsd, expiresAt } = key;
  return (
    modelPatterns.length === 0 &&
    requestsPerMinute === null &&
    monthlyBudgetNanoUsd === null &&
    expiresAt === null
  );
}

/**
 * Whether a key with these patterns may use a model. No patterns allow every model; `*` stands for any run of characters,
 * everything else for itself. Admission applies the same rule in SQL.
 */
export function isModelAllowed(patterns: readonly string[], modelId: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(pattern, modelId));
}

function matches(pattern: string, text: string): boolean {
  const [head = "", ...middle] = pattern.split("*");
  const tail = middle.pop();
  if (tail === undefined) return pattern === text;
  if (!text.startsWith(head)) return false;
  let from = head.length;
  for (const piece of middle) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}
