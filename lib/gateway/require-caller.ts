import type { KeyInfo } from "#lib/keys/store.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { authenticate, invalidKey } from "./authenticate.ts";
import type { GatewayContext } from "./context.ts";
import type { Exchange } from "./exchange.ts";
import { type Caller, findCaller } from "./store.ts";

/**
 * The account and key behind a request that is not metered.
 * @throws ApiError `invalid_key`
 */
export async function requireCaller(context: GatewayContext, { req, facts }: Exchange): Promise<Caller> {
  const nowMs = context.now();
  const payer = authenticate(req.headers.authorization, context.config.authSecret, nowMs);
  const caller = await findCaller(context.db, payer, new Date(nowMs));
  if (!caller) throw invalidKey();
  facts.accountId = caller.accountId;
  return caller;
}

/** @throws ApiError `scope_exceeded` for the chat, which has no key. */
export function keyOf(caller: Caller): KeyInfo {
  if (caller.key) return caller.key;
  throw new ApiError("scope_exceeded", "This call is for API keys.");
}
