import type pg from "pg";
import { encodeTransaction } from "./frontend-messages.ts";

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
 * commits what comes before a Sync as a whole. Transactions may be sent while earlier ones are under way; they run in order. A
 * connection that one of them failed on is to be closed once the others have answered. Names are this function's own: no other
 * query may use them on the connection.
 * Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function runJoined(client: pg.Client, statements: readonly NamedStatement[]): Promise<TextRow[][]> {
  const { connection } = client;
  const prepared = preparedOn.get(connection) ?? new Set();
  preparedOn.set(connection, prepared);
  const bound = statements.map(({ values, ...statement }) => ({ ...statement, values: values.map(toText) }));
  connection.stream.write(encodeTransaction(bound, prepared));
  return new Promise((resolve, reject) => {
    client.query(new SentTransaction(resolve, reject));
  });
}

/** Takes the answers of a transaction; by the interface that the client's own queries have. */
class SentTransaction implements pg.Submittable {
  readonly #resolve: (rows: TextRow[][]) => void;
  readonly #reject: (error: Error) => void;
  readonly #results: TextRow[][] = [];
  #rows: TextRow[] = [];

  constructor(resolve: (rows: TextRow[][]) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(): void {
    // It has been sent. Called when the answers of those before have come, so that the next ones are its own.
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

  handleReadyForQuery(): void {
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
