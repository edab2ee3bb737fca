import { isModelAllowed } from "#lib/keys/scope.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { ApiError, errorBody, errorTable } from "#lib/wire/errors.ts";
import type { GatewayContext } from "../context.ts";
import { type Exchange, errorHeaders } from "../exchange.ts";
import { ClientGone } from "../read-body.ts";
import { findCaller } from "../store.ts";
import { bodyHashOf, recordIdOf } from "./fingerprint.ts";
import { type AnswerRecorder, createRecorder } from "./recorder.ts";
import { replayAnswer } from "./replay.ts";
import { claimCall } from "./store.ts";

/** A call that may be a repetition. */
export interface RepeatableCall {
  idempotencyKey: string;
  payer: Payer;
  model: string;
  endpoint: string;
  /** As parsed from JSON. */
  body: unknown;
  /** Makes the call, its answer recorded by `exchange.recorder`. */
  run(): Promise<void>;
  /** The end of a stream of this call's dialect that failed. */
  fail(requestId: string, error: ApiError): string;
}

/**
 * Makes a call unless one of the same account, key and body was made within a day or is under way: then its answer is given again, and
 * nothing is admitted, sent or charged. A client that leaves stops its call as always, and is charged for what was produced; its
 * key is free again, and of those who waited for the same answer one makes the call anew.
 * @throws ApiError `idempotency_key_reused`, and what the call itself throws.
 */
export async function serveOnce(
  context: GatewayContext,
  exchange: Exchange,
  call: RepeatableCall,
): Promise<void> {
  const { db, config } = context;
  const accountId = await findAccount(context, call);
  // Nothing is repeated to who may not call; admission says why.
  if (accountId === null) return call.run();
  exchange.facts.accountId = accountId;
  const id = recordIdOf(config.authSecret, accountId, call.idempotencyKey);
  const bodyHash = bodyHashOf(config.authSecret, call.endpoint, call.body);
  for (;;) {
    const run = { id, requestId: exchange.requestId };
    const claim = await claimCall(db, accountId, { ...run, bodyHash, processId: config.processId });
    if (claim.kind === "claimed") {
      const recorder = createRecorder({ db, log: context.log, secret: config.authSecret, run });
      return runRecorded(exchange, recorder, call.run);
    }
    if (claim.bodyHash !== bodyHash) {
      throw new ApiError(
        "idempotency_key_reused",
        "This `Idempotency-Key` was used with another body or endpoint. Give each new call a key of its own.",
        { param: "Idempotency-Key" },
      );
    }
    const { requestId } = claim;
    const fail = (error: ApiError) => call.fail(requestId, error);
    if (await replayAnswer(context, exchange, { id, requestId }, fail)) return;
    if (exchange.res.destroyed) throw new ClientGone();
  }
}

/** The account of a caller that may use the model now, by admission's rules. */
async function findAccount({ db, now }: GatewayContext, call: RepeatableCall): Promise<string | null> {
  const caller = await findCaller(db, call.payer, new Date(now()));
  if (caller?.key?.disabledAt) return null;
  if (caller?.key && !isModelAllowed(caller.key.modelPatterns, call.model)) return null;
  return caller?.accountId ?? null;
}

async function runRecorded(
  exchange: Exchange,
  recorder: AnswerRecorder,
  run: () => Promise<void>,
): Promise<void> {
  exchange.recorder = recorder;
  try {
    await run();
  } catch (error) {
    if (error instanceof ApiError) await recordError(exchange, recorder, error);
    throw error;
  } finally {
    await recorder.release();
  }
}

/**
 * What is wrong with the body stays wrong, so it is kept. What is wrong with the caller, or its limits, is between it and us. Any other
 * failure is told to those who wait for this call, and the next repetition tries again.
 */
async function recordError({ res }: Exchange, recorder: AnswerRecorder, error: ApiError): Promise<void> {
  const { status } = errorTable[error.code];
  if (res.headersSent || res.destroyed || (status > 400 && status < 500)) return;
  recorder.begin(status, { ...res.getHeaders(), ...errorHeaders(error) });
  await recorder.end(status === 400 ? "kept" : "told", JSON.stringify(errorBody(error)));
}
