import type { Db } from "#lib/db/client.ts";
import type { ToolChoice } from "../approval.ts";

/** What the account has chosen, of the tools it has chosen anything for. */
export async function listChoices(db: Db, accountId: string): Promise<ToolChoice[]> {
  return db.toolChoice.findMany({
    where: { accountId },
    select: { tool: true, enabled: true, approval: true },
  });
}

export async function setChoice(db: Db, accountId: string, choice: ToolChoice): Promise<void> {
  const { tool, enabled, approval } = choice;
  await db.toolChoice.upsert({
    where: { accountId_tool: { accountId, tool } },
    create: { accountId, tool, enabled, approval },
    update: { enabled, approval },
  });
}

/** What the account has chosen of tools, for a reply in a chat. */
export interface ReplyChoices {
  choices: ToolChoice[];
  /** The keys of the tools that are allowed for the rest of the chat. */
  grants: string[];
  /** Whether the account has tools of its own. */
  hasSources: boolean;
}

/** What decides which tools a reply in the chat may use, in one statement: its first word waits for it. */
export async function readReplyChoices(db: Db, accountId: string, chatId: string): Promise<ReplyChoices> {
  const [read] = await db.$queryRaw<ReplyChoices[]>`
    SELECT
      (SELECT coalesce(jsonb_agg(jsonb_build_object('tool', tool, 'enabled', enabled, 'approval', approval)), '[]')
        FROM tool_choices WHERE account_id = ${accountId}) AS choices,
      (SELECT coalesce(array_agg(g.tool), '{}')
        FROM chats c JOIN tool_grants g ON g.chat_id = c.id
        WHERE c.id = ${chatId} AND c.account_id = ${accountId}) AS grants,
      EXISTS (SELECT FROM tool_sources WHERE account_id = ${accountId}) AS "hasSources"`;
  return read ?? { choices: [], grants: [], hasSources: false };
}
