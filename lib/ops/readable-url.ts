import type { IncomingMessage, ServerResponse } from "node:http";

/** Gives a request the address that `readableUrl` makes of its own; answers it with 400, and is false, where that is none. */
export function makeReadable(req: IncomingMessage, res: ServerResponse): boolean {
  const url = readableUrl(req.url ?? "/");
  if (url === null) {
    res.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
    res.end("This address is not valid: its escapes are no text.\n");
    return false;
  }
  req.url = url;
  return true;
}

/**
 * The path and query of a request as pages and handlers can take them: an escaped NUL, which no database stores, stands as U+FFFD in them. Null
 * where the path's escapes are no text.
 */
export function readableUrl(url: string): string | null {
  const readable = url.replaceAll("%00", "%EF%BF%BD");
  const [path = ""] = readable.split("?", 1);
  try {
    decodeURIComponent(path);
    return readable;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
