import { isUnscoped } from "#lib/keys/scope.ts";
import { rotateKey } from "#lib/keys/store/rotation.ts";
import { listModels } from "#lib/models/catalog.ts";
import { getAllowances } from "#lib/usage/store/allowances.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { invalidKey } from "./authenticate.ts";
import type { GatewayContext } from "./context.ts";
import { type Exchange, sendJson } from "./exchange.ts";
import { toKeyInfoRecord, toKeyRecord } from "./key-info.ts";
import { keyOf, requireCaller } from "./require-caller.ts";

/** `GET /v1/key`: what the calling key may do and has left. */
export async function serveKey(context: GatewayContext, exchange: Exchange): Promise<void> {
  const caller = await requireCaller(context, exchange);
  const key = keyOf(caller);
  const allowances = await getAllowances(context.db, caller.accountId, key.id, {
    limits: context.config.limits,
    now: new Date(context.now()),
  });
  if (!allowances) throw invalidKey();
  sendJson(exchange, toKeyInfoRecord(key, allowances, listModels()));
}

/**
 * `POST /v1/keys/{id}/rotate`: a new secret for a key. Any key may rotate itself; the account's others only one that may do all that
 * the account may, since it gets their secrets.
 */
export async function serveRotation(context: GatewayContext, exchange: Exchange, id: string): Promise<void> {
  const caller = await requireCaller(context, exchange);
  const key = keyOf(caller);
  if (id !== key.id && !isUnscoped(key)) {
    throw new ApiError("scope_exceeded", "A key with limits may rotate itself only.");
  }
  const made = await rotateKey(context.db, caller.accountId, id);
  if (!made) throw new ApiError("not_found", `There is no key \`${id}\` of this account.`);
  exchange.res.setHeader("cache-control", "no-store");
  sendJson(exchange, { ...toKeyRecord(made.key), api_key: made.secret });
}
