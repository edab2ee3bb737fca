import type { Db } from "#lib/db/client.ts";
import { type FoundPlace, searchMessages, searchTitles } from "../store/search.ts";
import { parseQuery } from "./parse-query.ts";
import { cutSnippet, markTerms, type Segment } from "./snippet.ts";

/** A chat whose title was found (`messageId` null), or a message. */
export interface SearchHit {
  chatId: string;
  title: Segment[];
  archived: boolean;
  at: Date;
  messageId: string | null;
  role: "user" | "assistant" | null;
  snippet: Segment[];
}

/** Titles come first, then messages; `after` null is the first of them. */
export interface SearchCursor {
  among: "titles" | "messages";
  after: FoundPlace | null;
}

export interface SearchPage {
  hits: SearchHit[];
  /** A page with few hits may have a next one, which looks further back. */
  next: SearchCursor | null;
}

const pageSize = 20;

/** What the account has said and been told that contains all terms of the query: titles first, then messages, latest first. */
export async function searchChats(
  db: Db,
  accountId: string,
  query: string,
  cursor: SearchCursor = { among: "titles", after: null },
): Promise<SearchPage> {
  const terms = parseQuery(query);
  if (terms.length === 0) return { hits: [], next: null };
  const hits: SearchHit[] = [];
  if (cursor.among === "titles") {
    const titles = await searchTitles(db, accountId, terms, { after: cursor.after, limit: pageSize });
    for (const { title, ...chat } of titles.hits)
      hits.push({ ...chat, title: markTerms(title, terms), messageId: null, role: null, snippet: [] });
    if (titles.next) return { hits, next: { among: "titles", after: titles.next } };
  }
  const limit = pageSize - hits.length;
  if (limit === 0) return { hits, next: { among: "messages", after: null } };
  const after = cursor.among === "messages" ? cursor.after : null;
  const found = await searchMessages(db, accountId, terms, { after, limit });
  for (const { text, cutBefore, cutAfter, title, ...message } of found.hits) {
    const snippet = cutSnippet(text, terms, { cutBefore, cutAfter });
    hits.push({ ...message, title: [{ text: title, hit: false }], snippet });
  }
  return { hits, next: found.next && { among: "messages", after: found.next } };
}
