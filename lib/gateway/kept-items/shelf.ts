import { z } from "zod";
import { openText, sealText } from "#lib/ops/seal.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { ApiError } from "#lib/wire/errors.ts";
import type { OutputItem } from "#lib/wire/responses/events.ts";
import type { GatewayContext } from "../context.ts";
import { requireEnabled } from "../require-caller.ts";
import { findCaller } from "../store.ts";
import type { ItemReference } from "./references.ts";
import { keepItems, listItemSizes, readItems } from "./store.ts";

/** What a request may refer to in all, however often it names the same item. */
const maxReferredBytes = 32 * 1024 * 1024;

const itemSchema = z.looseObject({ type: z.string() });

/**
 * Keeps the items of an answer, encrypted, for the account that got it. What cannot be kept never disturbs the answer: a later
 * reference to it is refused.
 */
export async function shelveItems(
  { db, config, log, now }: GatewayContext,
  owner: { accountId: string; requestId: string },
  items: readonly OutputItem[],
): Promise<void> {
  if (items.length === 0) return;
  const sealed = items.map((item) => ({
    id: item.id,
    sealed: sealText(config.authSecret, placeOf(owner.accountId, item.id), JSON.stringify(item)),
  }));
  try {
    await keepItems(db, owner.accountId, sealed, new Date(now() + config.keepItemsMs));
  } catch (error) {
    log.warn({ err: error, requestId: owner.requestId }, "could not keep the items of an answer");
  }
}

/**
 * The kept items of the caller's account that a request refers to.
 * @throws ApiError `invalid_key`, `key_disabled`; `payload_too_large` where they are more than a request may hold.
 */
export async function findItems(
  { db, config, now }: GatewayContext,
  payer: Payer,
  references: readonly ItemReference[],
): Promise<ReadonlyMap<string, unknown>> {
  const at = new Date(now());
  const { accountId } = requireEnabled(await findCaller(db, payer, at));
  const ids = [...new Set(references.map(({ id }) => storableText(id)))];
  const sizes = new Map(
    (await listItemSizes(db, accountId, ids, at)).map(({ id, sizeBytes }) => [id, sizeBytes]),
  );
  const totalBytes = references.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
  if (totalBytes > maxReferredBytes) {
    throw new ApiError("payload_too_large", "The items that `input` refers to are larger than 32 MiB.", {
      param: "input",
    });
  }
  const found = await readItems(db, accountId, [...sizes.keys()]);
  return new Map(
    found.map(({ id, sealed }) => [
      id,
      itemSchema.parse(JSON.parse(openText(config.authSecret, placeOf(accountId, id), sealed))),
    ]),
  );
}

function placeOf(accountId: string, itemId: string): string {
  return `kept_items.sealed ${accountId} ${itemId}`;
}
