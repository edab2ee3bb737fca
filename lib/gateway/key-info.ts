import { isModelAllowed } from "#lib/keys/scope.ts";
import type { KeyInfo } from "#lib/keys/store.ts";
import type { Model } from "#lib/models/model.ts";
import { type Allowances, type BudgetState, leftOf } from "#lib/usage/allowances.ts";
import { toJsonInteger } from "#lib/usage/json-integer.ts";

/** A key as this API shows it; never its secret. Times are ISO 8601 in UTC. */
export function toKeyRecord(key: KeyInfo) {
  return {
    id: key.id,
    object: "key",
    name: key.name,
    start: key.start,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    replaces_key_id: key.replacesKeyId,
    model_patterns: key.modelPatterns,
  };
}

/** The body of `GET /v1/key`: what the key may do, and what it has left. Money is nano-USD. */
export function toKeyInfoRecord(key: KeyInfo, allowances: Allowances, models: readonly Model[]) {
  const { plan, rate, quota, keyBudget, accountBudget } = allowances;
  return {
    ...toKeyRecord(key),
    models: models.filter((model) => isModelAllowed(key.modelPatterns, model.id)).map((model) => model.id),
    plan,
    requests_per_minute: { limit: rate.limit, remaining: rate.remaining, reset_ms: Math.ceil(rate.resetMs) },
    requests_per_day: quota && {
      limit: quota.limit,
      remaining: quota.remaining,
      resets_at: quota.resetsAt.toISOString(),
    },
    monthly_budget: toBudgetRecord(keyBudget),
    account_monthly_budget: toBudgetRecord(accountBudget),
  };
}

function toBudgetRecord(budget: BudgetState | null) {
  return (
    budget && {
      mode: budget.mode,
      limit_nano_usd: toJsonInteger(budget.limitNanoUsd),
      spent_nano_usd: toJsonInteger(budget.spentNanoUsd),
      reserved_nano_usd: toJsonInteger(budget.reservedNanoUsd),
      left_nano_usd: toJsonInteger(leftOf(budget)),
      resets_at: budget.resetsAt.toISOString(),
    }
  );
}
