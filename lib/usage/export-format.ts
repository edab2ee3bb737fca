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

/** Pages of rows as the text of a file, a piece for each page. JSON is one array of objects. */
export async function* formatExport<Row>(
  pages: AsyncIterable<readonly Row[]>,
  columns: readonly ExportColumn<Row>[],
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === "csv") yield `${columns.map(({ name }) => csvCell(name)).join(",")}\r\n`;
  let first = true;
  for await (const rows of pages) {
    if (format === "csv") {
      yield rows.map((row) => `${columns.map(({ of }) => csvCell(of(row))).join(",")}\r\n`).join("");
      continue;
    }
    yield `${first ? "[" : ","}\n${rows.map((row) => jsonRow(row, columns)).join(",\n")}`;
    first = false;
  }
  if (format === "json") yield first ? "[]\n" : "\n]\n";
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

/** Quoted where it must be. A text that a spreadsheet would run as a formula is told to be text by an apostrophe. */
function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
