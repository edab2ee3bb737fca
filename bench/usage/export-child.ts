// node export-child.ts URL: exports the busiest account's requests and tells rows, bytes, seconds and memory.
import { connectDb } from "#lib/db/client.ts";
import { requestColumns } from "#lib/usage/export-columns.ts";
import { formatExport } from "#lib/usage/export-format.ts";
import { exportRequests } from "#lib/usage/store/usage-export.ts";
import { busiest, days } from "./seed.ts";

const [, , url = ""] = process.argv;
const db = connectDb(url, { poolSize: 2 });
const range = { from: new Date(Date.now() - (days + 1) * 86_400_000), to: new Date(Date.now() + 86_400_000) };
const before = process.memoryUsage().rss;
const begin = performance.now();
const lineEnd = 10;
let bytes = 0;
let rows = -1;
let peak = before;
for await (const piece of formatExport(
  exportRequests(db, busiest, { range, filter: {} }),
  requestColumns,
  "csv",
)) {
  bytes += piece.length;
  for (let at = piece.indexOf(lineEnd); at >= 0; at = piece.indexOf(lineEnd, at + 1)) rows += 1;
  peak = Math.max(peak, process.memoryUsage().rss);
}
const mib = (size: number) => Math.round(size / 2 ** 20);
process.stdout.write(
  `${JSON.stringify({ rows, mib: mib(bytes), seconds: Math.round((performance.now() - begin) / 100) / 10, residentMib: mib(peak), residentBeforeMib: mib(before) })}\n`,
);
await db.$disconnect();
