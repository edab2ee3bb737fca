import type { Db } from "#lib/db/client.ts";
import { hashKey } from "#lib/keys/key-format.ts";
import { createKey, type NewKey } from "#lib/keys/store.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Call, Payer, PlanLimits } from "#lib/usage/admission.ts";
import type { Outcome } from "#lib/usage/settlement.ts";
import { admit } from "#lib/usage/store/admission.ts";

/** Limits that no test reaches. */
export const generousLimits: PlanLimits = {
  trialRequestsPerDay: 100_000,
  trialRequestsPerMinute: 100_000,
  paidRequestsPerMinute: 100_000,
};

/** A call as the gateway would ask for it. */
export function callOf(payer: Payer, change: Partial<Call> = {}): Call {
  return {
    requestId: newId("req"),
    payer,
    model: "moonshot/kimi-k2.6",
    prices: { inputNanoUsd: 950, cachedInputNanoUsd: 95, outputNanoUsd: 4000 },
    endpoint: "/v1/chat/completions",
    stream: true,
    reserveNanoUsd: 1000n,
    limits: generousLimits,
    processId: "proc_test",
    ...change,
  };
}

/** A new key of the account, as one who pays. */
export async function createPayer(
  db: Db,
  accountId: string,
  key: Partial<NewKey> = {},
): Promise<{ keyId: string; payer: Payer }> {
  const made = await createKey(db, accountId, { name: "test", ...key });
  return { keyId: made.key.id, payer: { kind: "key", hash: hashKey(made.secret) } };
}

/** Admits a call that must be let through and gives its id. */
export async function admitOne(db: Db, payer: Payer, change: Partial<Call> = {}): Promise<string> {
  const call = callOf(payer, change);
  const admission = await admit(db, call);
  if (!admission.ok) throw new Error(`The call was refused: ${admission.reason}.`);
  return call.requestId;
}

/** A call that succeeded. */
export function outcomeOf(change: Partial<Outcome> = {}): Outcome {
  return {
    status: "succeeded",
    usage: { promptTokens: 500, cachedTokens: 400, completionTokens: 300, reasoningTokens: 100 },
    estimated: false,
    finishReason: "stop",
    httpStatus: 200,
    upstream: "test",
    attempts: 1,
    timeToFirstTokenMs: 12.4,
    totalMs: 99.6,
    ...change,
  };
}
