import type { exportFormats, RowReader } from "#lib/usage/export-format.ts";
import type { UsageRange } from "#lib/usage/usage-filter.ts";

const mediaTypes = { csv: "text/csv; charset=utf-8", json: "application/json" };

interface ExportedFile {
  /** `requests` or `breakdown`. */
  what: string;
  format: (typeof exportFormats)[number];
  range: UsageRange;
}

/** An export as a file to download, written while it is read. */
export function sendExport(
  pieces: AsyncGenerator<Uint8Array>,
  { what, format, range }: ExportedFile,
): Response {
  const day = (time: Date) => time.toISOString().slice(0, 10);
  return new Response(streamOf(pieces), {
    headers: {
      "content-type": mediaTypes[format],
      "content-disposition": `attachment; filename="${what}-${day(range.from)}-${day(range.to)}.${format}"`,
      "cache-control": "private, no-store",
    },
  });
}

/** Reads on only as fast as the client does, and no further once it has left. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

/** Rows that are all there already. */
export function readerOf<Row>(rows: readonly Row[]): RowReader<Row> {
  return async function* (give) {
    for (const row of rows) give(row);
    yield;
  };
}
