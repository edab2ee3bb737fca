import { kindOf } from "./file-part.ts";

/** That a file opened in a tab can do nothing is the policy of its address (lib/ops/request-headers.ts). */
const privateHeaders = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  // The content of an address never changes. Only the person's own browser may keep it.
  "cache-control": "private, max-age=31536000, immutable",
};

/** How the text of a file is served. */
export const textHeaders = { ...privateHeaders, "content-type": "text/plain; charset=utf-8" };

/** How a file is served: pictures are shown, all else is saved. */
export function fileHeaders(file: { mediaType: string; filename: string; sha256: string }) {
  const kind = kindOf(file.mediaType);
  const disposition = kind === "image" ? "inline" : "attachment";
  const ascii = file.filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  return {
    ...privateHeaders,
    "content-type": kind === "text" ? textHeaders["content-type"] : file.mediaType,
    "content-disposition": `${disposition}; filename="${ascii}"; filename*=UTF-8''${encodeRfc5987(file.filename)}`,
    etag: `"${file.sha256}"`,
  };
}

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
