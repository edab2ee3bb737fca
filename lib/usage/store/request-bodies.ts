import type { Db } from "#lib/db/client.ts";
import { openText, sealText } from "#lib/ops/seal.ts";
import {
  type BodyDays,
  bodyDays,
  type KeptAnswer,
  type KeptBody,
  maxBodyBytes,
  parseKeptAnswer,
} from "../kept-body.ts";

export interface BodyOwner {
  accountId: string;
  requestId: string;
}

export interface BodyToKeep {
  /** As the client sent it. */
  body: unknown;
  answer: KeptAnswer;
  createdAt: Date;
  days: number;
}

const dayMs = 86_400_000;

/** Keeps a call's bodies, encrypted, unless its account no longer wants that. */
export async function keepBody(db: Db, secret: string, owner: BodyOwner, kept: BodyToKeep): Promise<void> {
  const seal = (part: Part, json: string) =>
    Buffer.byteLength(json) > maxBodyBytes ? null : sealText(secret, placeOf(owner, part), json);
  const request = seal("request", JSON.stringify(kept.body));
  const answer = seal("answer", JSON.stringify(kept.answer));
  const expiresAt = new Date(kept.createdAt.getTime() + kept.days * dayMs);
  await db.$executeRaw`
    INSERT INTO request_bodies (request_id, account_id, sealed_request, sealed_answer, created_at, expires_at)
    SELECT r.id, a.id, ${request}::bytea, ${answer}::bytea, ${kept.createdAt}, ${expiresAt}
    FROM accounts a JOIN requests r ON r.account_id = a.id
    WHERE a.id = ${owner.accountId} AND r.id = ${owner.requestId} AND a.keep_bodies_days IS NOT NULL
    ON CONFLICT DO NOTHING`;
}

/** What is kept of a request of the account; null where nothing is, or its time is over. */
export async function readBody(
  db: Db,
  secret: string,
  owner: BodyOwner,
  now: Date,
): Promise<KeptBody | null> {
  const { requestId, accountId } = owner;
  const found = await db.requestBody.findFirst({ where: { requestId, accountId, expiresAt: { gt: now } } });
  if (!found) return null;
  const open = (part: Part, sealed: Uint8Array | null) =>
    sealed && openText(secret, placeOf(owner, part), sealed);
  const answer = open("answer", found.sealedAnswer);
  return {
    request: open("request", found.sealedRequest),
    answer: answer === null ? null : parseKeptAnswer(answer),
    expiresAt: found.expiresAt,
  };
}

/** All that is kept of the account's requests, oldest first, one at a time: each may be 2 MiB. */
export async function* eachBody(
  db: Db,
  secret: string,
  accountId: string,
  now: Date,
): AsyncGenerator<KeptBody & { requestId: string }> {
  let after: { createdAt: Date; requestId: string } | null = null;
  for (;;) {
    const places: { createdAt: Date; requestId: string }[] = await db.requestBody.findMany({
      where: {
        accountId,
        expiresAt: { gt: now },
        ...(after && {
          OR: [
            { createdAt: { gt: after.createdAt } },
            { createdAt: after.createdAt, requestId: { gt: after.requestId } },
          ],
        }),
      },
      orderBy: [{ createdAt: "asc" }, { requestId: "asc" }],
      take: 500,
      select: { createdAt: true, requestId: true },
    });
    for (const { requestId } of places) {
      const body = await readBody(db, secret, { accountId, requestId }, now);
      if (body) yield { ...body, requestId };
    }
    after = places.at(-1) ?? null;
    if (!after) return;
  }
}

/** Deletes what is kept of a request; says whether there was anything. */
export async function deleteBody(db: Db, { requestId, accountId }: BodyOwner): Promise<boolean> {
  return (await db.requestBody.deleteMany({ where: { requestId, accountId } })).count > 0;
}

/** Deletes all that is kept of the account's requests; gives of how many. */
export async function deleteAllBodies(db: Db, accountId: string): Promise<number> {
  return (await db.requestBody.deleteMany({ where: { accountId } })).count;
}

export function countBodies(db: Db, accountId: string): Promise<number> {
  return db.requestBody.count({ where: { accountId } });
}

/** In one go; what is more waits for the next one, so that no transaction grows long. */
const maxDeleted = 1_000;

/** Deletes bodies whose time is over. */
export async function deleteExpiredBodies(db: Db, now: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM request_bodies WHERE request_id IN (
      SELECT request_id FROM request_bodies WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${maxDeleted}::int
    )`;
}

/** For how many days the account has bodies kept; null for not at all. */
export async function getBodyDays(db: Db, accountId: string): Promise<BodyDays | null> {
  const { keepBodiesDays } = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { keepBodiesDays: true },
  });
  return bodyDays.find((days) => days === keepBodiesDays) ?? null;
}

/** Chooses it. A shorter time holds for what is kept already; without one what is kept stays until its time. */
export async function setBodyDays(db: Db, accountId: string, days: BodyDays | null): Promise<void> {
  await db.$transaction([
    db.account.update({ where: { id: accountId }, data: { keepBodiesDays: days } }),
    db.$executeRaw`
      UPDATE request_bodies SET expires_at = created_at + ${days}::int * interval '1 day'
      WHERE account_id = ${accountId} AND expires_at > created_at + ${days}::int * interval '1 day'`,
  ]);
}

type Part = "request" | "answer";

function placeOf({ accountId, requestId }: BodyOwner, part: Part): string {
  return `request_bodies.${part} ${accountId} ${requestId}`;
}
