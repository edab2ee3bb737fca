import type { Db } from "#lib/db/client.ts";
import type { Prisma, Request } from "#lib/db/generated/client.ts";
import type { MeteredRequest } from "../metered-request.ts";
import { parseCursor, toCursor } from "../request-cursor.ts";
import { parseTrace } from "../request-trace.ts";

/** The most a page of requests holds. */
export const MAX_PAGE = 100;

export interface RequestPage {
  requests: MeteredRequest[];
  /** Give it as `after` to read on; null on the last page. */
  nextCursor: string | null;
}

export interface RequestListOptions {
  limit: number;
  after?: string | undefined;
}

/** Whether the account ever sent a request. */
export async function hasRequests(db: Db, accountId: string): Promise<boolean> {
  return (await db.request.findFirst({ where: { accountId }, select: { id: true } })) !== null;
}

/** The account's requests, newest first. A cursor that is not one of ours starts at the top. */
export async function listRequests(
  db: Db,
  accountId: string,
  options: RequestListOptions,
): Promise<RequestPage> {
  const limit = Math.max(1, Math.min(MAX_PAGE, options.limit));
  const rows = await db.request.findMany({
    where: { accountId, ...olderThan(options.after) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    requests: page.map(toMeteredRequest),
    nextCursor: rows.length > limit && last ? toCursor(last) : null,
  };
}

/** The bound on `createdAt` alone lets the index start at the page instead of at the newest row. */
function olderThan(after: string | undefined): Prisma.RequestWhereInput {
  const cursor = after === undefined ? null : parseCursor(after);
  if (!cursor) return {};
  return {
    createdAt: { lte: cursor.createdAt },
    OR: [{ createdAt: { lt: cursor.createdAt } }, { id: { lt: cursor.id } }],
  };
}

/** One request of the account; null when there is none with this id. */
export async function getRequest(db: Db, accountId: string, id: string): Promise<MeteredRequest | null> {
  const row = await db.request.findFirst({ where: { id, accountId } });
  return row && toMeteredRequest(row);
}

/** One request of whichever account, for an admin; null when there is none with this id. */
export async function findRequest(db: Db, id: string): Promise<MeteredRequest | null> {
  const row = await db.request.findUnique({ where: { id } });
  return row && toMeteredRequest(row);
}

/** Those of the ids that are requests of the account, oldest first. */
export async function listRequestsByIds(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<MeteredRequest[]> {
  const rows = await db.request.findMany({
    where: { accountId, id: { in: [...ids] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toMeteredRequest);
}

function toMeteredRequest(row: Request): MeteredRequest {
  return {
    id: row.id,
    accountId: row.accountId,
    keyId: row.keyId,
    source: row.source,
    model: row.model,
    endpoint: row.endpoint,
    stream: row.stream,
    tag: row.tag,
    status: row.status,
    httpStatus: row.httpStatus,
    errorCode: row.errorCode,
    finishReason: row.finishReason,
    upstream: row.upstream,
    attempts: row.attempts,
    usage: {
      promptTokens: row.promptTokens,
      cachedTokens: row.cachedTokens,
      completionTokens: row.completionTokens,
      reasoningTokens: row.reasoningTokens,
    },
    estimated: row.estimated,
    prices: {
      inputNanoUsd: row.inputPrice,
      cachedInputNanoUsd: row.cachedInputPrice,
      outputNanoUsd: row.outputPrice,
    },
    costNanoUsd: row.costNanoUsd,
    timeToFirstTokenMs: row.timeToFirstTokenMs,
    totalMs: row.totalMs,
    trace: row.trace === null ? null : parseTrace(row.trace),
    createdAt: row.createdAt,
    settledAt: row.settledAt,
  };
}
