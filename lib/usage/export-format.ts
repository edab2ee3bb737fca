import { ByteQueue } from "./byte-queue.ts";
import { toJsonInteger } from "./json-integer.ts";

export const exportFormats = ["csv", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

type Cell = string | number | boolean | bigint | null;

/** A column of an export: its name in the file, and what it says of a row. */
export interface ExportColumn<Row> {
  name: string;
  of(row: Row): Cell;
}

const nanoPerDollar = 1_000_000_000n;

/** Nano-USD as dollars with nine decimals, exact: "0.001333000". */
export function exactDollars(nanoUsd: bigint): string {
  const absolute = nanoUsd < 0n ? -nanoUsd : nanoUsd;
  const decimals = String(absolute % nanoPerDollar).padStart(9, "0");
  return `${nanoUsd < 0n ? "-" : ""}${absolute / nanoPerDollar}.${decimals}`;
}

/** Gives rows one by one. Whenever it pauses, what was written of them may be sent. */
export type RowReader<Row> = (give: (row: Row) => void) => AsyncIterable<void>;

/**
 * Rows as the bytes of a file. JSON is one array of objects. What waits to be sent is kept as bytes, outside of the collector's young generation,
 * which grows with all that outlives a collection there.
 */
export async function* formatExport<Row>(
  read: RowReader<Row>,
  columns: readonly ExportColumn<Row>[],
  format: ExportFormat,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteQueue();
  let count = 0;
  const write = (row: Row) => {
    if (format === "csv") bytes.add(csvRow(columns.map(({ of }) => of(row))));
    else bytes.add(`${count === 0 ? "" : ","}\n${jsonRow(row, columns)}`);
    count += 1;
  };
  bytes.add(format === "csv" ? csvRow(columns.map(({ name }) => name)) : "[");
  for await (const _ of read(write)) yield* bytes.take();
  if (format === "json") bytes.add(count === 0 ? "]\n" : "\n]\n");
  yield* bytes.take();
}

function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function jsonRow<Row>(row: Row, columns: readonly ExportColumn<Row>[]): string {
  return JSON.stringify(
    Object.fromEntries(
      columns.map(({ name, of }) => {
        const cell = of(row);
        return [name, typeof cell === "bigint" ? toJsonInteger(cell) : cell];
      }),
    ),
  );
}

const formula = /^[=+\-@\t\r]/;
const toQuote = /[",\r\n]/;

/** Quoted where it must be. A text that a spreadsheet would run as a formula is told to be text by an apostrophe. */
function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return toQuote.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
