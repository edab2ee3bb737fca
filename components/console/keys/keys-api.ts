import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

const createdSchema = z.object({ key: z.object({ name: z.string() }), apiKey: z.string() });

export type CreatedKey = z.infer<typeof createdSchema>;

/** Fields of a key as its routes take them: `name`, `modelPatterns`, `monthlyBudgetUsd`, `requestsPerMinute`, `expiresAt`. */
export type KeyJson = Readonly<Record<string, unknown>>;

/** Makes a key; its secret comes back this once. */
export function createKey(key: KeyJson): Promise<ApiAnswer<CreatedKey>> {
  return callApi("POST", "/api/keys", key, (json) => createdSchema.parse(json));
}

export function updateKey(id: string, change: KeyJson): Promise<ApiAnswer<null>> {
  return callApi("PATCH", pathOf(id), change, () => null);
}

/** Makes the key that replaces this one at its first use; its secret comes back this once. */
export function rotateKey(id: string): Promise<ApiAnswer<CreatedKey>> {
  return callApi("POST", `${pathOf(id)}/rotate`, undefined, (json) => createdSchema.parse(json));
}

export function revokeKey(id: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", pathOf(id), undefined, () => null);
}

/** What all keys and the chat may spend in a month, in dollars as typed (empty for no budget), and what happens then. */
export function setAccountBudget(budget: {
  monthlyBudgetUsd: string;
  budgetMode: string;
}): Promise<ApiAnswer<null>> {
  return callApi("PATCH", "/api/account", budget, () => null);
}

function pathOf(id: string): string {
  return `/api/keys/${encodeURIComponent(id)}`;
}
