import type { Db } from "#lib/db/client.ts";
import type { ToolSource as Row } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { openText, sealText } from "#lib/ops/seal.ts";
import { toStorableJson } from "../../message.ts";
import {
  type AuthHeaders,
  type SourceKind,
  type SourceTool,
  sourceToolsSchema,
  type ToolSource,
} from "../sources/source.ts";

export interface NewSource {
  kind: SourceKind;
  name: string;
  url: string;
  header: { name: string; value: string } | null;
}

const maxSources = 20;

/** The account's sources, oldest first. */
export async function listSources(db: Db, accountId: string): Promise<ToolSource[]> {
  const rows = await db.toolSource.findMany({
    where: { accountId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toSource);
}

/** One source; null when it is absent or another account's. */
export async function getSource(db: Db, accountId: string, id: string): Promise<ToolSource | null> {
  const row = await db.toolSource.findFirst({ where: { id, accountId } });
  return row && toSource(row);
}

/** Adds a source, its secret sealed. Null when the account has as many as it may. */
export async function addSource(
  db: Db,
  secret: string,
  accountId: string,
  { header, ...source }: NewSource,
): Promise<ToolSource | null> {
  if ((await db.toolSource.count({ where: { accountId } })) >= maxSources) return null;
  const id = newId("src");
  const row = await db.toolSource.create({
    data: {
      id,
      accountId,
      ...source,
      ...(header && {
        auth: "header",
        headerName: header.name,
        sealedSecret: sealText(secret, placeOf(id), header.value),
      }),
    },
  });
  return toSource(row);
}

/** Renames a source or switches it. Null when there is no such source. */
export async function changeSource(
  db: Db,
  accountId: string,
  id: string,
  change: { name?: string; enabled?: boolean },
): Promise<ToolSource | null> {
  const [row] = await db.toolSource.updateManyAndReturn({ where: { id, accountId }, data: change });
  return row ? toSource(row) : null;
}

/** Removes a source and what was chosen for its tools. False when there is no such source. */
export async function removeSource(db: Db, accountId: string, id: string): Promise<boolean> {
  const [{ count }] = await db.$transaction([
    db.toolSource.deleteMany({ where: { id, accountId } }),
    db.toolChoice.deleteMany({ where: { accountId, tool: { startsWith: `${id}/` } } }),
  ]);
  return count > 0;
}

/** Stores what a check found: the tools there are, or why it failed, which leaves the tools as they were. */
export async function storeCheck(
  db: Db,
  accountId: string,
  id: string,
  checkedAt: Date,
  found: { tools: SourceTool[] } | { error: string },
): Promise<ToolSource | null> {
  const tools = "tools" in found ? { tools: JSON.parse(toStorableJson(found.tools)) } : {};
  const checkError = "error" in found ? found.error : null;
  const [row] = await db.toolSource.updateManyAndReturn({
    where: { id, accountId },
    data: { checkedAt, checkError, ...tools },
  });
  return row ? toSource(row) : null;
}

/** The headers that sign a source's calls. Throws when its secret was sealed with another AUTH_SECRET. */
export async function openHeaders(
  db: Db,
  secret: string,
  accountId: string,
  id: string,
): Promise<AuthHeaders> {
  const row = await db.toolSource.findFirst({
    where: { id, accountId },
    select: { headerName: true, sealedSecret: true },
  });
  if (!row?.headerName || !row.sealedSecret) return {};
  return { [row.headerName]: openText(secret, placeOf(id), row.sealedSecret) };
}

function placeOf(id: string): string {
  return `tool_sources.sealed_secret/${id}`;
}

function toSource(row: Row): ToolSource {
  const { id, kind, name, url, enabled, headerName, checkedAt, checkError } = row;
  return {
    id,
    kind,
    name,
    url,
    enabled,
    headerName,
    checkedAt,
    checkError,
    tools: sourceToolsSchema.parse(row.tools),
  };
}
