import { expect, test } from "vitest";
import { type ExportColumn, exactDollars, formatExport, type RowReader } from "./export-format.ts";

interface Row {
  text: string | null;
  nanoUsd: bigint;
}

const columns: ExportColumn<Row>[] = [
  { name: "text", of: ({ text }) => text },
  { name: "cost_nano_usd", of: ({ nanoUsd }) => nanoUsd },
  { name: "cost_usd", of: ({ nanoUsd }) => exactDollars(nanoUsd) },
];

const pages: RowReader<Row> = async function* (give) {
  give({ text: 'a "quoted", text', nanoUsd: 1_333_000n });
  give({ text: "=1+1", nanoUsd: 0n });
  yield;
  give({ text: null, nanoUsd: 2n ** 60n });
  yield;
};

async function textOf(format: "csv" | "json", read = pages): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of formatExport(read, columns, format)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test("CSV is quoted where it must be, and no cell is a formula", async () => {
  expect(await textOf("csv")).toBe(
    'text,cost_nano_usd,cost_usd\r\n"a ""quoted"", text",1333000,0.001333000\r\n' +
      "'=1+1,0,0.000000000\r\n,1152921504606846976,1152921504.606846976\r\n",
  );
});

test("JSON is one array over all pages, integers beyond 2^53 as texts", async () => {
  expect(JSON.parse(await textOf("json"))).toEqual([
    { text: 'a "quoted", text', cost_nano_usd: 1_333_000, cost_usd: "0.001333000" },
    { text: "=1+1", cost_nano_usd: 0, cost_usd: "0.000000000" },
    { text: null, cost_nano_usd: "1152921504606846976", cost_usd: "1152921504.606846976" },
  ]);
});

test("without rows both are still files of their kind", async () => {
  const none: RowReader<Row> = async function* () {
    yield;
  };
  expect(await textOf("json", none)).toBe("[]\n");
  expect(await textOf("csv", none)).toBe("text,cost_nano_usd,cost_usd\r\n");
});

test("long and wide texts are whole, though a file comes in pieces", async () => {
  const texts = [1, 20_000, 30_000, 40_000, 3].flatMap((length) => ["é".repeat(length), "😀".repeat(length)]);
  const long: RowReader<Row> = async function* (give) {
    for (const text of texts) give({ text, nanoUsd: 1n });
    yield;
  };
  const rows = JSON.parse(await textOf("json", long)) as { text: string }[];
  expect(rows.map(({ text }) => text)).toEqual(texts);
});
