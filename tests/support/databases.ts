import { inject } from "vitest";
import { connectDb, type Db } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";

export interface TestDatabase {
  name: "embedded" | "postgresql";
  url: string;
}

/** The databases every store is tested on, shared by all test files of a run: make your own accounts in them. */
export const databases: TestDatabase[] = inject("databases");

/** The connection string of the real PostgreSQL of this run. */
export function postgresUrl(): string {
  const found = databases.find((database) => database.name === "postgresql");
  if (!found) throw new Error("The run has no PostgreSQL.");
  return found.url;
}

/** A client of a test database; disconnect it when the file ends. */
export function openTestDb(url: string, poolSize = 8): Db {
  return connectDb(url, { poolSize });
}

/** An account that no other test knows. Nobody can sign in to it: its password hash is not one. */
export async function createTestAccount(
  db: Db,
  options: { plan?: "trial" | "paid" } = {},
): Promise<{ id: string; email: string }> {
  const id = newId("acc");
  const email = `${id}@example.com`;
  await db.account.create({
    data: { id, email, emailKey: email, passwordHash: "none", plan: options.plan ?? "trial" },
  });
  return { id, email };
}
