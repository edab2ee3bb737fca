import type { Db } from "#lib/db/client.ts";
import type { ChatOptions } from "../default-options.ts";
import { toStorableJson } from "../message.ts";
import { readStoredOptions } from "../options.ts";

/** What the chat of a message is generated with. */
export async function getOptionsOf(db: Db, messageId: string): Promise<ChatOptions> {
  const [chat] = await db.$queryRaw<{ options: unknown }[]>`
    SELECT c.options FROM messages m JOIN chats c ON c.id = m.chat_id WHERE m.id = ${messageId}`;
  return readStoredOptions(chat?.options);
}

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
