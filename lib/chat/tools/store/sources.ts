import type { Db } from "#lib/db/client.ts";
import type { ToolSource as Row } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { openText, sealText } from "#lib/ops/seal.ts";
import { toStorableJson } from "../../message.ts";
import { noSignIn, type SignIn, signInSchema } from "../sources/sign-in.ts";
import {
  type AuthHeaders,
  type SourceKind,
  type SourceTool,
  sourceAuthSchema,
  sourceToolsSchema,
  type ToolSource,
} from "../sources/source.ts";

export interface NewSource {
  kind: SourceKind;
  name: string;
  url: string;
  header: { name: string; value: string } | null;
  /** A client the person registered at the authorization server; without one it registers itself. */
  oauthClient: { id: string; secret: string | null } | null;
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
  { header, oauthClient, ...source }: NewSource,
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
      ...(oauthClient && {
        auth: "oauth",
        sealedSecret: sealText(secret, placeOf(id), JSON.stringify(ownClient(oauthClient))),
      }),
    },
  });
  return toSource(row);
}

function ownClient({ id, secret }: { id: string; secret: string | null }): SignIn {
  const client = { client_id: id, ...(secret !== null && { client_secret: secret }) };
  return { ...noSignIn, client, isOwnClient: true };
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

/**
 * Stores what a check found: the tools there are, or why it failed, which leaves the tools as they were. A source that wants a
 * sign-in is marked so.
 */
export async function storeCheck(
  db: Db,
  accountId: string,
  id: string,
  checkedAt: Date,
  found: { tools: SourceTool[] } | { error: string; wantsSignIn: boolean },
): Promise<ToolSource | null> {
  const tools = "tools" in found ? { tools: JSON.parse(toStorableJson(found.tools)) } : {};
  const checkError = "error" in found ? found.error : null;
  const [row] = await db.toolSource.updateManyAndReturn({
    where: { id, accountId },
    data: {
      checkedAt,
      checkError,
      ...tools,
      ...("error" in found && found.wantsSignIn && { auth: "oauth" }),
    },
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

/** What the sign-in of a source has left; null when there was none. */
export async function readSignIn(
  db: Db,
  secret: string,
  accountId: string,
  id: string,
): Promise<SignIn | null> {
  const row = await db.toolSource.findFirst({
    where: { id, accountId, auth: "oauth" },
    select: { sealedSecret: true },
  });
  return row?.sealedSecret ? openSignIn(secret, id, row.sealedSecret) : null;
}

/** Changes what a sign-in has left, the first change making it; in one step, whoever else does so. */
export async function changeSignIn(
  db: Db,
  secret: string,
  accountId: string,
  id: string,
  change: Partial<SignIn>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ auth: string; sealed_secret: Uint8Array | null }[]>`
      SELECT auth, sealed_secret FROM tool_sources WHERE id = ${id} AND account_id = ${accountId} FOR UPDATE`;
    if (!row) return;
    const current =
      row.auth === "oauth" && row.sealed_secret ? openSignIn(secret, id, row.sealed_secret) : noSignIn;
    const sealedSecret = sealText(secret, placeOf(id), JSON.stringify({ ...current, ...change }));
    await tx.toolSource.update({ where: { id }, data: { auth: "oauth", headerName: null, sealedSecret } });
  });
}

function openSignIn(secret: string, id: string, sealed: Uint8Array): SignIn {
  return signInSchema.parse(JSON.parse(openText(secret, placeOf(id), sealed)));
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
    auth: sourceAuthSchema.parse(row.auth),
    headerName,
    checkedAt,
    checkError,
    tools: sourceToolsSchema.parse(row.tools),
  };
}
