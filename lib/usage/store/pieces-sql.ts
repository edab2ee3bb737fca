import { type Level, levelsFor, type Piece, planPieces } from "../roll-up-plan.ts";
import {
  filteredDimensions,
  isFailing,
  type UsageDimension,
  type UsageFilter,
  type UsageScope,
} from "../usage-filter.ts";

export interface AskedUsage {
  scope: UsageScope;
  filter: UsageFilter;
  /** How far blocks reach. */
  until: Date;
}

interface Wanted {
  groupBy: readonly UsageDimension[];
  columns: readonly string[];
  /** By a bucket's place; all, if left out. */
  isAsked?: ((place: number) => boolean) | undefined;
}

type Bind = (value: unknown, type: string) => string;

/**
 * SQL that reads the pieces which the buckets between the edges are made of: rows of `plus` and `minus` (see roll-up-plan.ts), `value_0` … and
 * the wanted columns.
 */
export function piecesSql(
  { scope, filter, until }: AskedUsage,
  edges: readonly Date[],
  { groupBy, columns, isAsked }: Wanted,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::${type}`;
  const selects = splitByKey(scope, filter).flatMap((part) => {
    const named = part.isChat ? groupBy.filter((dimension) => dimension !== "key") : groupBy;
    const asked = [...new Set([...named, ...filteredDimensions(part.filter)])];
    const pieces = planPieces(edges, levelsFor(scope, asked, isFailing(part.filter)), until, isAsked);
    const wheres = conditionsSql(scope, part, bind);
    const groups = groupBy.map((dimension, index) =>
      part.isChat && dimension === "key"
        ? `'chat' AS value_${index}`
        : `${columnOf[dimension]} AS value_${index}`,
    );
    return [...Map.groupBy(pieces, ({ level }) => level)].map(([level, ofLevel]) => {
      const start = level ? "starts_at" : "quarter";
      const inLevel = level ? levelSql(level, scope) : [];
      const sums = columns.map((column) => (level || column !== "failures" ? column : quarterFailuresSql));
      return `SELECT ${["plus", "minus", ...groups, ...sums].join(", ")}
      FROM ${stretchesSql(ofLevel, bind)}, LATERAL (
        SELECT * FROM ${level ? "usage_blocks" : "usage_quarters"}
        WHERE ${[...inLevel, ...wheres, `${start} >= since AND ${start} < until`].join(" AND ")}
        OFFSET 0) AS found`;
    });
  });
  return { sql: selects.join(" UNION ALL "), values };
}

interface Summed {
  groups: readonly string[];
  columns: readonly string[];
}

/** The sums of pieces which all are of one bucket, in place 0: each counts on one side alone, so they are added up at once. */
export function oneBucketSql(pieces: string, { groups, columns }: Summed): string {
  const signed = (column: string) => `sum(CASE WHEN plus IS NULL THEN -${column} ELSE ${column} END)`;
  return `SELECT ${["0 AS place", ...groups, ...columns.map((column) => `${signed(column)}::bigint AS ${column}`)].join(", ")}
  FROM (${pieces}) AS pieces
  ${groups.length > 0 ? `GROUP BY ${groups.join(", ")}` : ""} HAVING ${signed("requests")} <> 0`;
}

/**
 * Adds up what was summed by `plus` and `minus`: with these first, since a piece has far fewer sums than rows. The query's sums of `columns` by
 * `groups` for each `place`; where `requests` add up to none there were none.
 */
export function placesSql(summedSql: string, { groups, columns }: Summed): string {
  const named = groups.map((group) => `${group}, `).join("");
  const side = (place: "plus" | "minus", sign: "" | "-") =>
    `SELECT ${place} AS place, ${named}${columns.map((column) => `${sign}${column} AS ${column}`).join(", ")}
    FROM summed WHERE ${place} IS NOT NULL`;
  return `WITH summed AS MATERIALIZED (${summedSql})
  SELECT place, ${named}${columns.map((column) => `sum(${column})::bigint AS ${column}`).join(", ")}
  FROM (${side("plus", "")} UNION ALL ${side("minus", "-")}) AS signed
  GROUP BY ${["place", ...groups].join(", ")} HAVING sum(requests) <> 0`;
}

interface FilterPart {
  filter: UsageFilter;
  /** Whether all of it is the chat's, which in roll-ups stands for a key. */
  isChat: boolean;
  /** Only accounts that own these keys. */
  ownersOf: readonly string[] | null;
}

/**
 * Of the whole installation the chat is read by its source and keys through the accounts that own them: either is a few rows, while keys
 * alone lead to none.
 */
function splitByKey({ kind }: UsageScope, filter: UsageFilter): FilterPart[] {
  const { key, ...others } = filter;
  if (kind === "account" || key === undefined) return [{ filter, isChat: false, ownersOf: null }];
  const keys = key.filter((id) => id !== "chat");
  const chat = key.length > keys.length && (others.source?.includes("chat") ?? true);
  return [
    ...(chat
      ? [{ filter: { ...others, source: ["chat"] } satisfies UsageFilter, isChat: true, ownersOf: null }]
      : []),
    ...(keys.length > 0 || !chat
      ? [{ filter: { ...others, key: keys }, isChat: false, ownersOf: keys }]
      : []),
  ];
}

const columnOf: Record<UsageDimension, string> = {
  account: "account_id",
  key: "subject",
  model: "model",
  source: "source::text",
  tag: "tag",
  status: "status::text",
  error: "error_code",
};

const quarterFailuresSql = "CASE WHEN status = 'succeeded' THEN 0 ELSE requests END AS failures";

function conditionsSql(scope: UsageScope, { filter, ownersOf }: FilterPart, bind: Bind): string[] {
  return [
    ...(ownersOf
      ? [`account_id = ANY(ARRAY(SELECT account_id FROM keys WHERE id = ANY(${bind(ownersOf, "text[]")})))`]
      : []),
    ...(scope.kind === "account" ? [`account_id = ${bind(scope.accountId, "text")}`] : []),
    ...filteredDimensions(filter).map(
      (dimension) => `${columnOf[dimension]} = ANY(${bind(filter[dimension], "text[]")})`,
    ),
  ];
}

/** Blocks of the whole installation are of no account. */
function levelSql({ name }: Level, scope: UsageScope): string[] {
  const ofAll = scope.kind === "installation" && name.startsWith("installation");
  return [`level = '${name}'`, ...(ofAll ? ["account_id = ''"] : [])];
}

/** Each stretch is looked up by itself (`OFFSET 0`), so that the index leads to it. */
function stretchesSql(pieces: readonly Piece[], bind: Bind): string {
  const each = (value: (piece: Piece) => unknown, type: string) => bind(pieces.map(value), `${type}[]`);
  const times = [each(({ from }) => from, "timestamptz"), each(({ to }) => to, "timestamptz")];
  const places = [each(({ plus }) => plus, "int"), each(({ minus }) => minus, "int")];
  return `unnest(${[...times, ...places].join(", ")}) AS stretch(since, until, plus, minus)`;
}
