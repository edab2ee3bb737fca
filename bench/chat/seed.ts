import { hashPassword } from "#lib/accounts/password.ts";
import { createAccount } from "#lib/accounts/store/accounts.ts";
import { connectDb, type Db } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrations.ts";
import { openDatabase } from "#lib/db/open.ts";
import { sampleChat } from "./sample-chat.ts";

export const person = { email: "bench@example.com", password: "a long and private sentence" };

/** The chats that a run opens, by how many messages they have. */
export const chatIds = { 300: `chat_${"3".repeat(32)}`, 1000: `chat_${"1".repeat(32)}` } as const;

/** Fills an empty data directory with one account and its chats. */
export async function seed(dataDir: string): Promise<void> {
  const database = await openDatabase(null, dataDir);
  await migrate(database.url);
  const db = connectDb(database.url, database);
  try {
    const made = await createAccount(db, {
      email: person.email,
      name: "Bench",
      passwordHash: await hashPassword(person.password),
      address: "127.0.0.1",
      firstKeyName: "bench",
    });
    if (!made) throw new Error("The data directory is not empty.");
    for (const [count, chatId] of Object.entries(chatIds)) {
      await addChat(db, made.account.id, chatId, Number(count));
    }
  } finally {
    await db.$disconnect();
    await database.close();
  }
}

async function addChat(db: Db, accountId: string, chatId: string, count: number): Promise<void> {
  const messages = sampleChat(chatId, count);
  await db.chat.create({
    data: {
      id: chatId,
      accountId,
      title: `A chat of ${count} messages`,
      activeLeafId: messages.at(-1)?.id ?? null,
    },
  });
  await db.message.createMany({
    data: messages.map((message) => ({
      ...message,
      chatId,
      parts: JSON.parse(JSON.stringify(message.parts)),
      metadata: JSON.parse(JSON.stringify(message.metadata)),
    })),
  });
}
