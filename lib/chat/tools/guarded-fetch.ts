import {
  type AddressGuard,
  addressGuard,
  createGuardedFetch as createFetch,
  type GuardedFetch,
} from "#lib/ops/guarded-fetch.ts";
import { ToolFailure } from "./tool.ts";

export { addressGuard as fetchGuard, type GuardedFetch };

/**
 * A `fetch` for addresses that a person or a model names.
 * @throws ToolFailure when the address may not be reached, or cannot be
 */
export function createGuardedFetch(guard: AddressGuard): GuardedFetch {
  return createFetch({ ...guard, Failure: ToolFailure });
}

/**
 * The text of a response, which may have `maxBytes` at most.
 * @throws ToolFailure when it is larger
 */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const chunk = read.value;
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      await reader.cancel();
      throw new ToolFailure(`The answer is larger than ${maxBytes / 1_048_576} MiB.`);
    }
    chunks.push(chunk);
  }
  const charset = /charset=["']?([\w-]+)/i.exec(response.headers.get("content-type") ?? "")?.[1] ?? "utf-8";
  return decoderFor(charset).decode(Buffer.concat(chunks));
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
