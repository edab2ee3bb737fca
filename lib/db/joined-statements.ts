import type pg from "pg";

type Value = string | number | bigint | boolean | Date | null;

/** Its parameters are `$1`, `$2` …, each a list or a single value. */
export interface Statement {
  text: string;
  values: readonly (Value | readonly Value[])[];
}

export interface NamedStatement extends Statement {
  name: string;
}

/** A row as it came: texts in the order of the columns. */
export type TextRow = readonly (string | null)[];

interface DataRow {
  fields: (string | null)[];
}

const preparedOn = new WeakMap<pg.Connection, Set<string>>();

/**
 * Runs statements on a connection as one transaction, in one round trip: all are sent before the first has answered, and PostgreSQL
 * commits what comes before a Sync as a whole. Names are this function's own: no other query may use them on the connection.
 * Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function runJoined(
  client: pg.ClientBase,
  statements: readonly NamedStatement[],
): Promise<TextRow[][]> {
  return new Promise((resolve, reject) => {
    client.query(new JoinedStatements(statements, resolve, reject));
  });
}

/** What the client calls while it is served; by the interface that its own queries have. */
class JoinedStatements implements pg.Submittable {
  readonly #statements: readonly NamedStatement[];
  readonly #resolve: (rows: TextRow[][]) => void;
  readonly #reject: (error: Error) => void;
  readonly #results: TextRow[][] = [];
  #rows: TextRow[] = [];

  constructor(
    statements: readonly NamedStatement[],
    resolve: (rows: TextRow[][]) => void,
    reject: (error: Error) => void,
  ) {
    this.#statements = statements;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: pg.Connection): void {
    const prepared = preparedOn.get(connection) ?? new Set();
    connection.stream.cork();
    for (const { name, text, values } of this.#statements) {
      if (!prepared.has(name)) connection.parse({ name, text, types: [] }, true);
      connection.bind({ statement: name, values: values.map(toText) }, true);
      connection.execute(null, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: DataRow): void {
    this.#rows.push(fields);
  }

  handleCommandComplete(): void {
    this.#results.push(this.#rows);
    this.#rows = [];
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(connection: pg.Connection): void {
    const prepared = preparedOn.get(connection) ?? new Set();
    for (const { name } of this.#statements) prepared.add(name);
    preparedOn.set(connection, prepared);
    this.#resolve(this.#results);
  }
}

/** As PostgreSQL reads a parameter. */
export function toText(value: NamedStatement["values"][number]): string | null {
  if (value === null) return null;
  if (typeof value === "object" && "map" in value) return `{${value.map(toElement).join(",")}}`;
  return value instanceof Date ? value.toISOString() : String(value);
}

const plainElement = /^[a-z0-9_./:+-]+$/i;

function toElement(value: Value): string {
  const text = toText(value);
  if (text === null) return "NULL";
  const isPlain = plainElement.test(text) && text.toLowerCase() !== "null";
  return isPlain ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
