import { Prisma } from "#lib/db/generated/client.ts";

/** What is compared: of one account or of all, from a moment to another, or all there is. The moments are days in UTC. */
export interface Span {
  accountId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

type TimeColumn = "created_at" | "quarter" | "starts_at" | "month" | "day";

/** Whether a row belongs to the span, by its time and, where the table has accounts, its account. */
export function isWithin(span: Span, column: TimeColumn): Prisma.Sql {
  const time = Prisma.raw(column);
  const conditions = [
    Prisma.sql`true`,
    ...(span.accountId === undefined ? [] : [Prisma.sql`account_id = ${span.accountId}`]),
    ...(span.from ? [Prisma.sql`${time} >= ${span.from}`] : []),
    ...(span.to ? [Prisma.sql`${time} < ${span.to}`] : []),
  ];
  return Prisma.join(conditions, " AND ");
}
