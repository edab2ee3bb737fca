import { toKeyRecord } from "#app/api/keys/key-record.ts";
import type { SignedInAccount } from "#lib/accounts/account.ts";
import { eachChatId, readWholeChat } from "#lib/chat/store/exports.ts";
import { listFolders } from "#lib/chat/store/folders.ts";
import { listPrompts } from "#lib/chat/store/prompts.ts";
import { listShares } from "#lib/chat/store/shares.ts";
import {
  accountChatFiles,
  type FileReader,
  foldersFile,
  promptsFile,
} from "#lib/chat/transfer/export-files.ts";
import type { WholeChat } from "#lib/chat/transfer/export-format.ts";
import type { FileToPack } from "#lib/chat/transfer/pack.ts";
import type { Db } from "#lib/db/client.ts";
import { listKeys } from "#lib/keys/store.ts";
import { eachBody } from "#lib/usage/store/request-bodies.ts";
import { listRequests } from "#lib/usage/store/requests.ts";
import { usageCsvHead, usageCsvLine } from "./usage-csv.ts";

/** Everything the account has here, a file at a time. Secrets are in none of them. */
export async function* accountFiles(
  db: Db,
  account: SignedInAccount,
  { readFile, secret, now }: { readFile: FileReader; secret: string; now: Date },
): AsyncGenerator<FileToPack> {
  const { id, email, name, plan, preferences } = account;
  const json = (path: string, value: unknown): FileToPack => ({
    path,
    changedAt: now,
    content: `${JSON.stringify(value, null, 2)}\n`,
  });
  yield json("account.json", {
    format: "aigateway.account",
    version: 1,
    exportedAt: now.toISOString(),
    account: { id, email, name, plan },
    preferences,
  });
  yield json("keys.json", (await listKeys(db, id)).map(toKeyRecord));
  const shares = await listShares(db, id);
  yield json(
    "shares.json",
    shares.map(({ token, ...share }) => ({ ...share, path: `/share/${token}` })),
  );
  yield { path: "usage.csv", changedAt: now, content: usageCsv(db, id) };
  yield { path: "request-bodies.jsonl", changedAt: now, content: requestBodies(db, secret, { id, now }) };
  yield foldersFile(await listFolders(db, id), now);
  yield promptsFile(await listPrompts(db, id), now);
  yield* accountChatFiles(wholeChats(db, id), { readFile, now });
}

async function* wholeChats(db: Db, accountId: string): AsyncGenerator<WholeChat> {
  for await (const id of eachChatId(db, accountId)) {
    const chat = await readWholeChat(db, accountId, id);
    if (chat) yield chat;
  }
}

/** A line for each request whose bodies are kept; null for what was too large. */
async function* requestBodies(
  db: Db,
  secret: string,
  { id, now }: { id: string; now: Date },
): AsyncGenerator<string> {
  for await (const { requestId, request, answer, expiresAt } of eachBody(db, secret, id, now)) {
    const sent: unknown = request === null ? null : JSON.parse(request);
    yield `${JSON.stringify({ requestId, request: sent, answer, keptUntil: expiresAt.toISOString() })}\n`;
  }
}

async function* usageCsv(db: Db, accountId: string): AsyncGenerator<string> {
  yield usageCsvHead;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRequests>> = await listRequests(db, accountId, {
      limit: 100,
      ...(after !== null && { after }),
    });
    yield page.requests.map(usageCsvLine).join("");
    after = page.nextCursor;
  } while (after !== null);
}
