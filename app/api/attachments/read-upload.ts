import { ApiError } from "#lib/wire/errors.ts";

const longestNameChars = 1_000;

/**
 * The bytes of an upload, read no further than they may be many.
 * @throws ApiError `file_too_large`
 */
export async function readUpload(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new ApiError("file_too_large", `This is larger than the ${maxBytes / 1_048_576} MB a file may have.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    sizeBytes += read.value.length;
    if (sizeBytes > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * The name of an upload: percent-encoded in `x-file-name`, because headers hold no other letters.
 * @throws ApiError `invalid_request`
 */
export function readUploadName(headers: Headers): string {
  const given = headers.get("x-file-name") ?? "";
  try {
    if (given.length <= longestNameChars * 9) return decodeURIComponent(given);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  throw new ApiError("invalid_request", "The name of the file is not valid.", { param: "x-file-name" });
}
