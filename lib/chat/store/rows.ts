import type { Prisma } from "#lib/db/generated/client.ts";
import { parseMessageColumns, type StoredMessage, toStorableJson } from "../message.ts";

/** A message as the database gives it. */
export interface MessageRow {
  id: string;
  parentId: string | null;
  role: "user" | "assistant";
  parts: unknown;
  metadata: unknown;
  createdAt: Date;
}

export function toStoredMessage(row: MessageRow): StoredMessage {
  const { id, parentId, role, createdAt } = row;
  return { id, parentId, role, createdAt, ...parseMessageColumns(row) };
}

/** A value for a JSON column, with every string in it made storable. */
export function toJsonColumn(value: object): Prisma.InputJsonObject {
  return JSON.parse(toStorableJson(value));
}
