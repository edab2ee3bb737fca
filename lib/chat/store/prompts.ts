import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import { promptLimits } from "../prompt-limits.ts";
import type { PromptText } from "../transfer/export-prompts.ts";

export interface Prompt extends PromptText {
  id: string;
}

const shown = { id: true, name: true, text: true } as const;

/** The account's prompts in the order they were made. */
export async function listPrompts(db: Db, accountId: string): Promise<Prompt[]> {
  return db.prompt.findMany({ where: { accountId }, orderBy: { id: "asc" }, select: shown });
}

/** Null when the account has as many as it may have. */
export async function createPrompt(db: Db, accountId: string, prompt: PromptText): Promise<Prompt | null> {
  return db.$transaction(async (tx) => {
    if ((await countLocked(tx, accountId)) >= promptLimits.count) return null;
    return tx.prompt.create({ data: toRow(accountId, prompt), select: shown });
  });
}

/** Null when there is no such prompt. */
export async function changePrompt(
  db: Db,
  accountId: string,
  promptId: string,
  { name, text }: PromptText,
): Promise<Prompt | null> {
  const [changed] = await db.prompt.updateManyAndReturn({
    where: { id: promptId, accountId },
    data: { name: storableText(name), text: storableText(text) },
    select: shown,
  });
  return changed ?? null;
}

/** False when there is no such prompt. */
export async function deletePrompt(db: Db, accountId: string, promptId: string): Promise<boolean> {
  const { count } = await db.prompt.deleteMany({ where: { id: promptId, accountId } });
  return count > 0;
}

/** Makes those of an export that the account has not got, as far as there is room, and gives how many these are. */
export async function storePrompts(
  db: Db,
  accountId: string,
  prompts: readonly PromptText[],
): Promise<number> {
  return db.$transaction(async (tx) => {
    const room = promptLimits.count - (await countLocked(tx, accountId));
    const known = new Set((await tx.prompt.findMany({ where: { accountId }, select: shown })).map(keyOf));
    const missing = new Map(
      prompts
        .map((prompt) => toRow(accountId, prompt))
        .filter((row) => !known.has(keyOf(row)))
        .map((row) => [keyOf(row), row]),
    );
    const data = [...missing.values()].slice(0, Math.max(0, room));
    await tx.prompt.createMany({ data });
    return data.length;
  });
}

/** Until the transaction ends nobody else adds to the account's prompts. */
async function countLocked(tx: Prisma.TransactionClient, accountId: string): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`prompts/${accountId}`}, 0))`;
  return tx.prompt.count({ where: { accountId } });
}

function toRow(accountId: string, { name, text }: PromptText) {
  return { id: newId("prm"), accountId, name: storableText(name), text: storableText(text) };
}

function keyOf({ name, text }: PromptText): string {
  return JSON.stringify([name, text]);
}
