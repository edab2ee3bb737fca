import type { exportFormats } from "#lib/usage/export-format.ts";
import type { UsageRange } from "#lib/usage/usage-filter.ts";

const mediaTypes = { csv: "text/csv; charset=utf-8", json: "application/json" };

interface ExportedFile {
  /** `requests` or `breakdown`. */
  what: string;
  format: (typeof exportFormats)[number];
  range: UsageRange;
}

/** An export as a file to download, written while it is read. */
export function sendExport(pieces: AsyncGenerator<string>, { what, format, range }: ExportedFile): Response {
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
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

/** Rows that are all there already. */
export async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  if (rows.length > 0) yield rows;
}
