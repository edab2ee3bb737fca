import type { Db } from "#lib/db/client.ts";
import type { ChatOptions } from "../default-options.ts";
import { toStorableJson } from "../message.ts";
import { readStoredOptions } from "../options.ts";

/** What the account's new chats begin with. */
export async function getDefaultOptions(db: Db, accountId: string): Promise<ChatOptions> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { chatOptions: true } });
  return readStoredOptions(account?.chatOptions);
}

/** Chooses what the account's new chats begin with; chats that exist keep theirs. */
export async function setDefaultOptions(db: Db, accountId: string, options: ChatOptions): Promise<void> {
  await db.$executeRaw`
    UPDATE accounts SET chat_options = ${toStorableJson(options)}::jsonb WHERE id = ${accountId}`;
}
