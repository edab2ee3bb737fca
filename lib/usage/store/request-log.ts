import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import { type CountedStretch, stretchesBefore } from "../log-stretches.ts";
import type { LoggedRequest } from "../logged-request.ts";
import { parseCursor, type RequestPlace, toCursor } from "../request-cursor.ts";
import { isFailing, type UsageFilter, type UsageRange, type UsageScope } from "../usage-filter.ts";

export interface LogPage {
  /** Newest first. */
  requests: LoggedRequest[];
  /** Give it as `after` to read on; null on the last page. */
  nextCursor: string | null;
}

export interface LogPageOptions {
  limit: number;
  after?: string | undefined;
  filter: UsageFilter;
  /** Where the roll-ups have requests that the filter lets through: no other time is looked at. */
  stretches: readonly CountedStretch[];
}

/**
 * A page of the log of an account or of all, newest first. However rare what the filter lets through, only the times are read in which the
 * roll-ups have it.
 */
export async function listLog(db: Db, scope: UsageScope, options: LogPageOptions): Promise<LogPage> {
  const { limit, filter, stretches } = options;
  const after = options.after === undefined ? null : parseCursor(options.after);
  const end = after?.createdAt ?? stretches.at(-1)?.to ?? new Date(0);
  const { needed, rest } = stretchesBefore(stretches, end, limit + 1);
  const found = await onLogConnection(db, scope, async (query) => {
    const ask = { scope, filter, after, limit: limit + 1 };
    const rows = await readStretches(query, { ...ask, stretches: needed });
    // The roll-ups keep counting requests whose rows were dropped for their age.
    if (rows.length > limit || rest.length === 0) return rows;
    return [
      ...rows,
      ...(await readStretches(query, { ...ask, limit: limit + 1 - rows.length, stretches: rest })),
    ];
  });
  const requests = found.slice(0, limit);
  const last = requests.at(-1);
  const more = found.length > limit && last !== undefined;
  return {
    requests,
    nextCursor: more ? toCursor({ createdAt: new Date(last.createdAt), id: last.id }) : null,
  };
}

/** One request as the log lists it; null when the scope has none with this id. */
export async function findLogged(db: Db, scope: UsageScope, id: string): Promise<LoggedRequest | null> {
  const { values, bind } = binder();
  const wheres = [`id = ${bind(id, "text")}`, ...ownedBy(scope, bind)];
  const [row] = await onConnection(db, (query) =>
    query<LogRow>(`SELECT ${columnsOf(scope)} FROM requests r WHERE ${wheres.join(" AND ")}`, values),
  );
  return row ? toLogged(row) : null;
}

/** What the planner expects of all accounts' log would have it compile statements, which takes longer than they run. */
async function onLogConnection<T>(
  db: Db,
  { kind }: UsageScope,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  if (kind === "account") return await onConnection(db, work);
  return await onConnection(db, async (query) => {
    await query("BEGIN READ ONLY");
    await query("SET LOCAL jit = off");
    const result = await work(query);
    await query("COMMIT");
    return result;
  });
}

interface StretchesToRead {
  scope: UsageScope;
  filter: UsageFilter;
  after: RequestPlace | null;
  limit: number;
  stretches: readonly UsageRange[];
}

async function readStretches(query: Query, ask: StretchesToRead): Promise<LoggedRequest[]> {
  if (ask.stretches.length === 0) return [];
  const { values, bind } = binder();
  const times = (of: (stretch: UsageRange) => Date) => bind(ask.stretches.map(of), "timestamptz[]");
  const wheres = [
    ...ownedBy(ask.scope, bind),
    "created_at >= since",
    "created_at < until",
    ...conditionsOf(ask.scope, ask.filter, bind),
    ...(ask.after
      ? [`(created_at, id) < (${bind(ask.after.createdAt, "timestamptz")}, ${bind(ask.after.id, "text")})`]
      : []),
  ];
  const limit = bind(ask.limit, "int");
  const rows = await query<LogRow>(
    `SELECT ${columnsOf(ask.scope)}
     FROM unnest(${times(({ from }) => from)}, ${times(({ to }) => to)}) AS stretch(since, until), LATERAL (
       SELECT * FROM requests WHERE ${wheres.join(" AND ")}
       ORDER BY created_at DESC, id DESC LIMIT ${limit}) AS r
     ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map(toLogged);
}

export interface LogTail {
  /** Newest first: what has come, and what of the watched has ended. */
  requests: LoggedRequest[];
  /** Requests that run and that the filter may let through once they end. */
  running: string[];
  /** Whether more have come than are given: these are the newest. */
  more: boolean;
  /** When the newest request seen came, whatever the filter; null where none has come. */
  newest: string | null;
}

export interface LogTailOptions {
  since: Date;
  /** Requests that ran when they were last seen. */
  watched: readonly string[];
  filter: UsageFilter;
  limit: number;
}

/** Rows are inserted by several processes, whose clocks and commits differ a little. */
const overlapMs = 5_000;

/** What has happened in the log of an account or of all since a moment, in one query. Requests of the last seconds before it may come again. */
export async function readLogTail(db: Db, scope: UsageScope, options: LogTailOptions): Promise<LogTail> {
  const { since, watched, filter, limit } = options;
  const { status, error, ...lasting } = filter;
  const { values, bind } = binder();
  const owned = ownedBy(scope, bind);
  const columns = columnsOf(scope);
  const wheres = [
    ...owned,
    `created_at > ${bind(new Date(since.getTime() - overlapMs), "timestamptz")}`,
    ...conditionsOf(scope, lasting, bind),
    // A running request may come to have any status.
    ...[conditionsOf(scope, { ...(status && { status }), ...(error && { error }) }, bind)]
      .filter((ends) => ends.length > 0)
      .map((ends) => `(status = 'reserved' OR (${ends.join(" AND ")}))`),
  ];
  const rows = await onLogConnection(db, scope, (query) =>
    query<LogRow>(
      `SELECT * FROM (SELECT ${columns} FROM requests r WHERE ${wheres.join(" AND ")}
         ORDER BY created_at DESC, id DESC LIMIT ${bind(limit + 1, "int")}) AS arrived
       UNION SELECT ${columns} FROM requests r WHERE ${[...owned, `id = ANY(${bind(watched, "text[]")})`].join(" AND ")}`,
      values,
    ),
  );
  const seen = rows.map(toLogged).toSorted(byNewest);
  const running = seen.filter((request) => request.status === "reserved");
  const lets = (request: LoggedRequest) =>
    (status === undefined || status.some((each) => each === request.status)) &&
    (error === undefined || error.includes(request.errorCode ?? ""));
  const arrived = seen.filter(({ id }) => !watched.includes(id)).length;
  return {
    requests: seen.filter(lets),
    running: running.map(({ id }) => id),
    more: arrived > limit,
    newest: seen[0]?.createdAt ?? null,
  };
}

function byNewest(a: LoggedRequest, b: LoggedRequest): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

type Bind = (value: unknown, type: string) => string;

function binder(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value, type) => `$${values.push(value)}::${type}` };
}

function ownedBy(scope: UsageScope, bind: Bind): string[] {
  return scope.kind === "account" ? [`account_id = ${bind(scope.accountId, "text")}`] : [];
}

/** In roll-ups the chat stands for a key, and no error for an empty one. */
function conditionsOf(scope: UsageScope, filter: UsageFilter, bind: Bind): string[] {
  const { account, key, model, source, tag, status, error } = filter;
  const among = (column: string, values: readonly string[] | undefined) => {
    if (!values) return [];
    const [only] = values;
    return values.length === 1
      ? [`${column} = ${bind(only, "text")}`]
      : [`${column} = ANY(${bind(values, "text[]")})`];
  };
  const own = scope.kind === "account";
  const keys = key?.filter((id) => id !== "chat") ?? [];
  const ofKey = [
    ...(keys.length > 0 ? among("key_id", keys) : []),
    ...(key?.includes("chat") ? ["key_id IS NULL"] : []),
  ];
  return [
    ...among("account_id", account),
    ...(key && !(own && isOnly(key, "chat")) ? [`(${ofKey.join(" OR ")})`] : []),
    ...among("model", model),
    ...(source && !(own && isOnly(source, "chat")) ? among("source::text", source) : []),
    ...among(own ? "tag" : "coalesce(tag, '')", tag),
    ...among("status::text", status),
    ...among("coalesce(error_code, '')", error),
    ...(own ? rareConditionsOf(filter) : []),
    ...(isFailing(filter) ? ["status IN ('failed', 'aborted', 'interrupted')"] : []),
  ];
}

/**
 * What is rare in an account's log, in the words of its partial index, so that these are used; so is what did not succeed, of all accounts too. Of
 * all accounts' log the others would be read whole, since they begin with the account: there the stretches lead to the rows, and the words
 * above let no other index be taken.
 */
function rareConditionsOf({ key, source, tag }: UsageFilter): string[] {
  const ofChat = isOnly(source, "chat") || isOnly(key, "chat");
  return [
    ...(ofChat ? ["source = 'chat'"] : []),
    ...(tag?.length === 1 && tag[0] !== "" ? ["tag <> ''"] : []),
  ];
}

function isOnly(values: readonly string[] | undefined, value: string): boolean {
  return values?.length === 1 && values[0] === value;
}

/** Whose a request is is told where the log is of all. */
function columnsOf({ kind }: UsageScope): string {
  const account =
    kind === "installation" ? "(SELECT email FROM accounts a WHERE a.id = r.account_id)" : "NULL";
  return `${columns}, ${account} AS account`;
}

const columns = `r.id, r.created_at AS "createdAt", r.key_id AS "keyId", r.source::text AS source, r.model, r.tag,
  r.status::text AS status, r.error_code AS "errorCode", r.estimated, r.prompt_tokens AS "promptTokens",
  r.cached_tokens AS "cachedTokens", r.completion_tokens AS "completionTokens", r.reasoning_tokens AS "reasoningTokens",
  r.cost_nano_usd::text AS "costNanoUsd", r.time_to_first_token_ms AS "timeToFirstTokenMs", r.total_ms AS "totalMs"`;

type LogRow = Omit<LoggedRequest, "createdAt"> & { createdAt: Date };

function toLogged(row: LogRow): LoggedRequest {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
