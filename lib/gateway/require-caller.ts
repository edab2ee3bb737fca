import type { KeyInfo } from "#lib/keys/store.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { authenticate, invalidKey, keyDisabled } from "./authenticate.ts";
import type { GatewayContext } from "./context.ts";
import type { Exchange } from "./exchange.ts";
import { refusedPayer } from "./refused-payer.ts";
import { type Caller, findCaller } from "./store.ts";

/** @throws ApiError `invalid_key` for nobody, `key_disabled` for a key that is switched off. */
export function requireEnabled(caller: Caller | null): Caller {
  if (!caller) throw invalidKey();
  if (caller.key?.disabledAt) throw keyDisabled();
  return caller;
}

/**
 * The account and key behind a request that is not metered.
 * @throws ApiError `invalid_key`, `key_disabled`
 */
export async function requireCaller(context: GatewayContext, { req, facts }: Exchange): Promise<Caller> {
  const nowMs = context.now();
  const payer = authenticate(req.headers.authorization, context.config.authSecret, nowMs);
  await context.knownKeys.require(payer);
  const found = await findCaller(context.db, payer, new Date(nowMs));
  if (!found) throw await refusedPayer(context, payer);
  const caller = requireEnabled(found);
  facts.accountId = caller.accountId;
  return caller;
}

/** @throws ApiError `scope_exceeded` for the chat, which has no key. */
export function keyOf(caller: Caller): KeyInfo {
  if (caller.key) return caller.key;
  throw new ApiError("scope_exceeded", "This call is for API keys.");
}
