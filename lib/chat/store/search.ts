import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** Where the next page starts: after this one, newest first. */
export interface FoundPlace {
  at: Date;
  id: string;
}

export interface FoundChat {
  chatId: string;
  title: string;
  archived: boolean;
  at: Date;
}

export interface FoundMessage extends FoundChat {
  messageId: string;
  role: "user" | "assistant";
  /** The message's text around the first place of the first term, or its beginning. */
  text: string;
  cutBefore: boolean;
  cutAfter: boolean;
}

export interface FoundPage<Hit> {
  hits: Hit[];
  next: FoundPlace | null;
}

/** How many messages that the index names are read for one page: bounds the time of a search whose terms the index tells badly apart. */
const mostRead = 2_000;
const pieceChars = 6_000;
const roomBefore = 300;

/** The account's chats whose title contains all terms, latest first. */
export async function searchTitles(
  db: Db,
  accountId: string,
  terms: readonly string[],
  { after, limit }: { after: FoundPlace | null; limit: number },
): Promise<FoundPage<FoundChat>> {
  const rows = await db.$queryRaw<FoundChat[]>`
    WITH probe AS MATERIALIZED (${probe(terms)}), named AS MATERIALIZED (
      SELECT chats.* FROM probe, chats
      WHERE cardinality(probe.grams) > 0
        AND search_grams(title, hashtextextended(account_id COLLATE "C", -1)) @>
          search_hashes(probe.grams, hashtextextended(${accountId} COLLATE "C", -1))
    )
    SELECT id AS "chatId", title, archived_at IS NOT NULL AS archived, last_message_at AS at
    FROM named, probe
    WHERE account_id = ${accountId} AND deleted_at IS NULL AND temporary_until IS NULL
      AND lower(title) LIKE ALL (probe.patterns) ${isAfter(after, Prisma.sql`last_message_at`, Prisma.sql`id`)}
    ORDER BY last_message_at DESC, id DESC LIMIT ${limit + 1}`;
  const hits = rows.slice(0, limit);
  const last = hits.at(-1);
  return { hits, next: rows.length > limit && last ? { at: last.at, id: last.chatId } : null };
}

interface MessageRow extends Omit<FoundMessage, "messageId"> {
  messageId: string | null;
  read: number;
  readTo: Date | null;
  readToId: string | null;
}

/**
 * The account's messages that contain all terms, latest first. A page may have fewer than there are room for, or none, and still a
 * next one: then as much was read as one call may, and the rest lies further back.
 */
export async function searchMessages(
  db: Db,
  accountId: string,
  terms: readonly string[],
  { after, limit }: { after: FoundPlace | null; limit: number },
): Promise<FoundPage<FoundMessage>> {
  // Shelves are searched one after the other from the newest, only as far as the page needs: a lateral join keeps their order. OFFSET 0
  // keeps the planner from turning the readings by key into one of the whole table.
  const rows = await db.$queryRaw<MessageRow[]>`
    WITH probe AS MATERIALIZED (${probe(terms)}), named AS MATERIALIZED (
      SELECT find.* FROM probe, ${shelves(accountId, after)} AS era (number) CROSS JOIN LATERAL (
        SELECT message_id, created_at FROM message_texts
        WHERE search_grams(text, shelf) @>
            search_hashes(probe.grams, hashtextextended(${accountId} COLLATE "C", era.number))
          ${isAfter(after, Prisma.sql`created_at`, Prisma.sql`message_id`)}
        ORDER BY created_at DESC, message_id DESC LIMIT ${mostRead}
      ) AS find
      WHERE cardinality(probe.grams) > 0
      LIMIT ${mostRead}
    ), hits AS (
      SELECT text.*, chat.*, named.created_at FROM named CROSS JOIN probe CROSS JOIN LATERAL (
        SELECT message_id, chat_id, text, position(probe.terms[1] IN lower(text)) AS place FROM message_texts
        WHERE message_id = named.message_id AND account_id = ${accountId} AND lower(text) LIKE ALL (probe.patterns)
        OFFSET 0
      ) AS text CROSS JOIN LATERAL (
        SELECT title, archived_at FROM chats
        WHERE id = text.chat_id AND account_id = ${accountId} AND deleted_at IS NULL AND temporary_until IS NULL
        OFFSET 0
      ) AS chat
      LIMIT ${limit + 1}
    ), far AS (
      SELECT count(*)::int AS read, min(created_at) AS at,
        (SELECT message_id FROM named ORDER BY created_at, message_id LIMIT 1) AS id
      FROM named
    )
    SELECT far.read, far.at AS "readTo", far.id AS "readToId", hits.message_id AS "messageId", hits.chat_id AS "chatId",
      title, archived_at IS NOT NULL AS archived, hits.created_at AS at, messages.role::text AS role,
      substr(text, start, ${pieceChars}) AS text, start > 1 AS "cutBefore",
      length(text) >= start + ${pieceChars} AS "cutAfter"
    FROM far LEFT JOIN hits ON true LEFT JOIN messages ON messages.id = hits.message_id
      LEFT JOIN LATERAL (
        SELECT CASE WHEN place < ${pieceChars - roomBefore} THEN 1 ELSE place - ${roomBefore} END AS start
      ) AS piece ON true`;
  const found = rows.flatMap(({ read, readTo, readToId, ...row }) =>
    row.messageId === null ? [] : [{ ...row, messageId: row.messageId }],
  );
  found.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.messageId < b.messageId ? 1 : -1));
  const hits = found.slice(0, limit);
  const last = hits.at(-1);
  if (found.length > limit && last) return { hits, next: { at: last.at, id: last.messageId } };
  const [far] = rows;
  if (!far || far.read < mostRead || far.readTo === null || far.readToId === null)
    return { hits, next: null };
  return { hits, next: { at: far.readTo, id: far.readToId } };
}

/** What the terms are looked up by, and what they are compared with. */
function probe(terms: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT array_agg(lower(term) ORDER BY place) AS terms,
      array_agg('%' || regexp_replace(lower(term), '([\\\\%_])', '\\\\\\1', 'g') || '%') AS patterns,
      ARRAY(SELECT gram FROM unnest(${[...terms]}::text[]) AS term, unnest(search_probe(term)) AS gram) AS grams
    FROM unnest(${[...terms]}::text[]) WITH ORDINALITY AS given (term, place)`;
}

/** The shelves that an account has messages on, newest first. */
function shelves(accountId: string, after: FoundPlace | null): Prisma.Sql {
  const ofAccount = Prisma.sql`FROM message_texts WHERE account_id = ${accountId}`;
  const newest = after
    ? Prisma.sql`${after.at}::timestamptz`
    : Prisma.sql`(SELECT max(created_at) ${ofAccount})`;
  return Prisma.sql`generate_series(search_shelf_number(${newest}),
    search_shelf_number((SELECT min(created_at) ${ofAccount})), -1)`;
}

function isAfter(place: FoundPlace | null, at: Prisma.Sql, id: Prisma.Sql): Prisma.Sql {
  return place === null
    ? Prisma.empty
    : Prisma.sql`AND (${at}, ${id}) < (${place.at}::timestamptz, ${place.id})`;
}
