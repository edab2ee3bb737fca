import type { Db } from "#lib/db/client.ts";

/** The oldest account; null while there is none. */
export async function getFirstAccountId(db: Db): Promise<string | null> {
  const first = await db.account.findFirst({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  return first?.id ?? null;
}
