import { parseMessageColumns, type StoredMessage } from "../message.ts";

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
