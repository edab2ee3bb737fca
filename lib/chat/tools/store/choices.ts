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

/** The keys of the tools that are allowed for the rest of the chat that a message is in. */
export async function listGrants(db: Db, accountId: string, messageId: string): Promise<Set<string>> {
  const rows = await db.toolGrant.findMany({
    where: { chat: { accountId, messages: { some: { id: messageId } } } },
    select: { tool: true },
  });
  return new Set(rows.map(({ tool }) => tool));
}
