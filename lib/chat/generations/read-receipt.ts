import { setTimeout as pause } from "node:timers/promises";
import { listRequestsByIds } from "#lib/usage/store/requests.ts";
import type { MessageMetadata } from "../message.ts";
import type { ChatEnvironment } from "./environment.ts";
import { toReceipt } from "./receipt.ts";

const settleWaitMs = 800;
const settlePollMs = 40;

/** The receipt of a reply's requests. The gateway settles before a stream ends, and within moments of a client that left; a later sweep adds what is missing. */
export async function readReceipt(
  { db, now }: ChatEnvironment,
  accountId: string,
  requestIds: string[],
): Promise<MessageMetadata | null> {
  if (requestIds.length === 0) return null;
  const giveUpAt = now() + settleWaitMs;
  for (;;) {
    const requests = await listRequestsByIds(db, accountId, requestIds);
    const receipt = toReceipt(requests);
    if (receipt || requests.length === 0 || now() >= giveUpAt) return receipt;
    await pause(settlePollMs);
  }
}
