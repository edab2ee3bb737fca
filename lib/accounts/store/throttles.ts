import type { Db } from "#lib/db/client.ts";
import type { ThrottleRule } from "../throttle.ts";

/** One attempt, counted or refused. */
export type Attempt =
  | { allowed: true; subject: string; windowEndsAt: Date }
  | { allowed: false; retryAfterS: number };

interface AttemptRow {
  allowed: boolean;
  windowEndsAt: Date;
}

/**
 * Counts one attempt of `subject`, or refuses it when the window is full. One statement, exact however many run at once:
 * the update looks again at the row it has locked.
 */
export async function takeAttempt(db: Db, subject: string, rule: ThrottleRule, now: Date): Promise<Attempt> {
  const newEnd = new Date(now.getTime() + rule.windowMs);
  const rows = await db.$queryRaw<AttemptRow[]>`
    WITH taken AS (
      INSERT INTO throttles AS t (subject, count, window_ends_at)
      VALUES (${subject}, 1, ${newEnd}::timestamptz)
      ON CONFLICT (subject) DO UPDATE SET
        count = CASE WHEN t.window_ends_at <= ${now}::timestamptz THEN 1 ELSE t.count + 1 END,
        window_ends_at =
          CASE WHEN t.window_ends_at <= ${now}::timestamptz THEN excluded.window_ends_at ELSE t.window_ends_at END
      WHERE t.window_ends_at <= ${now}::timestamptz OR t.count < ${rule.limit}
      RETURNING window_ends_at
    )
    SELECT true AS allowed, window_ends_at AS "windowEndsAt" FROM taken
    UNION ALL
    SELECT false, window_ends_at FROM throttles
    WHERE subject = ${subject} AND NOT EXISTS (SELECT 1 FROM taken)`;
  const [row] = rows;
  if (row?.allowed) return { allowed: true, subject, windowEndsAt: row.windowEndsAt };
  // The row of a window that others began while this statement ran is not visible to it.
  const endsAt = row?.windowEndsAt ?? newEnd;
  return { allowed: false, retryAfterS: Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1000)) };
}

/** Takes an attempt out of its window again; does nothing once that window is over. */
export async function giveBackAttempt(db: Db, attempt: Extract<Attempt, { allowed: true }>): Promise<void> {
  const { subject, windowEndsAt } = attempt;
  await db.throttle.updateMany({
    where: { subject, windowEndsAt, count: { gt: 0 } },
    data: { count: { decrement: 1 } },
  });
}

/** Forgets windows that are over. */
export async function deleteEndedThrottles(db: Db, now: Date): Promise<void> {
  await db.throttle.deleteMany({ where: { windowEndsAt: { lte: now } } });
}
