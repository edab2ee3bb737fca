import { createServer, type RequestListener, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createImageFetcher,
  type FetchedImage,
  type ImageFetchOptions,
  publicInternet,
} from "./fetch-image.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const gif = Buffer.from("GIF89a\x01\x00\x01\x00\x00\x00", "latin1");
const jpeg = Buffer.from("ffd8ffe000104a46494600010100", "hex");
const webp = Buffer.from("RIFF\x24\x00\x00\x00WEBPVP8 ", "latin1");
const mebibyte = 1024 * 1024;

const servers: Server[] = [];
const seen: string[] = [];
let answer: RequestListener;
/** Of the host the tests may reach, at 127.0.0.1, and of one they may not, at 127.0.0.2. */
let open: number;
let inner: number;
let innerCalls = 0;

async function listen(host: string, handle: RequestListener): Promise<number> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

beforeAll(async () => {
  open = await listen("127.0.0.1", (req, res) => {
    seen.push(`${req.headers.host}${req.url}`);
    answer(req, res);
  });
  inner = await listen("127.0.0.2", (_req, res) => {
    innerCalls++;
    res.end(png);
  });
});

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const hosts: Record<string, string[]> = {
  "images.test": ["127.0.0.1"],
  "inner.test": ["127.0.0.2"],
  "both.test": ["127.0.0.1", "127.0.0.2"],
  "nothing.test": [],
};
const resolve: ImageFetchOptions["resolve"] = async (hostname) => {
  const addresses = hosts[hostname];
  if (!addresses) throw new Error("ENOTFOUND");
  return addresses.map((address) => ({ address, family: 4 }));
};

function fetchFrom(
  url: string,
  {
    signal = new AbortController().signal,
    ...options
  }: Partial<ImageFetchOptions> & { signal?: AbortSignal } = {},
): Promise<FetchedImage> {
  const isAllowed = (address: string) => address === "127.0.0.1";
  const fetch = createImageFetcher({ resolve, isAllowed, ports: [open, inner], ...options });
  return fetch(url, { signal, onBytes: () => undefined });
}

const redirectTo =
  (location: string): RequestListener =>
  (_req, res) =>
    res.writeHead(302, { location }).end();

describe("fetching an image", () => {
  test.each([
    ["image/png", png],
    ["image/gif", gif],
    ["image/jpeg", jpeg],
    ["image/webp", webp],
  ])("goes by its bytes, whatever the host calls it: %s", async (mediaType, bytes) => {
    answer = (_req, res) => res.writeHead(200, { "content-type": "text/html" }).end(bytes);
    expect(await fetchFrom(`http://images.test:${open}/a?b=c`)).toEqual({ mediaType, bytes });
    expect(seen.at(-1)).toBe(`images.test:${open}/a?b=c`);
  });

  test("follows three redirects and not four", async () => {
    answer = (req, res) => {
      const left = Number(req.url?.slice(1));
      if (left === 0) res.end(png);
      else res.writeHead(307, { location: `/${left - 1}` }).end();
    };
    expect((await fetchFrom(`http://images.test:${open}/3`)).mediaType).toBe("image/png");
    await expect(fetchFrom(`http://images.test:${open}/4`)).rejects.toThrow("redirected more than 3 times");
  });

  test("stops at 20 MiB, whatever length was announced", async () => {
    answer = (_req, res) => {
      res.write(png);
      for (let at = 0; at < 21; at++) res.write(Buffer.alloc(mebibyte));
      res.end();
    };
    await expect(fetchFrom(`http://images.test:${open}/`)).rejects.toThrow("larger than 20 MiB");
  });

  test.each<[what: string, handle: RequestListener, message: RegExp]>([
    ["a page", (_req, res) => res.end("<html>"), /not a PNG, JPEG, WebP or GIF/],
    ["an SVG", (_req, res) => res.end("<svg xmlns='http://www.w3.org/2000/svg'/>"), /not a PNG/],
    ["nothing", (_req, res) => res.end(), /not a PNG/],
    ["404", (_req, res) => res.writeHead(404).end(png), /status 404/],
    ["a redirect to nowhere", (_req, res) => res.writeHead(302).end(), /status 302/],
    ["a reset", (_req, res) => res.socket?.destroy(), /cannot be reached/],
    [
      "half of it",
      (_req, res) => res.writeHead(200, { "content-length": "99" }).write(png, () => res.socket?.destroy()),
      /broke off/,
    ],
  ])("refuses %s", async (_what, handle, message) => {
    answer = handle;
    await expect(fetchFrom(`http://images.test:${open}/`)).rejects.toThrow(message);
  });

  test("ends when its signal does, while resolving, waiting and reading", async () => {
    const reason = new Error("enough");
    const waiting = new AbortController();
    answer = () => waiting.abort(reason);
    await expect(fetchFrom(`http://images.test:${open}/`, { signal: waiting.signal })).rejects.toBe(reason);
    const reading = new AbortController();
    answer = (_req, res) => res.writeHead(200).write(png, () => reading.abort(reason));
    await expect(fetchFrom(`http://images.test:${open}/`, { signal: reading.signal })).rejects.toBe(reason);
    const resolving = new AbortController();
    const never: ImageFetchOptions["resolve"] = () => {
      resolving.abort(reason);
      return new Promise(() => undefined);
    };
    const url = `http://images.test:${open}/`;
    await expect(fetchFrom(url, { signal: resolving.signal, resolve: never })).rejects.toBe(reason);
  });
});

describe("an address that is not public", () => {
  test.each([
    "http://127.0.0.1/a.png",
    "http://localhost/a.png",
    "http://2130706433/a.png",
    "http://0x7f.1/a.png",
    "http://0177.0.0.1/a.png",
    "http://127.1/a.png",
    "http://[::1]/a.png",
    "http://[::ffff:127.0.0.1]/a.png",
    "http://[::ffff:7f00:1]/a.png",
    "http://[64:ff9b::7f00:1]/a.png",
    "http://169.254.169.254/latest/meta-data/",
    "http://①②⑦.⓪.⓪.①/a.png",
    "https://10.0.0.1/a.png",
  ])("is refused however it is written: %s", async (url) => {
    const local = async () => [{ address: "127.0.0.1", family: 4 }];
    const fetch = createImageFetcher({ ...publicInternet, resolve: local });
    const { signal } = new AbortController();
    await expect(fetch(url, { signal, onBytes: () => undefined })).rejects.toThrow(
      "not on the public internet",
    );
  });

  test("is refused where a name leads to it, alone or among others", async () => {
    await expect(fetchFrom(`http://inner.test:${inner}/`)).rejects.toThrow("not on the public internet");
    await expect(fetchFrom(`http://both.test:${open}/`)).rejects.toThrow("not on the public internet");
    expect(innerCalls).toBe(0);
  });

  test("is refused behind a redirect, by address and by name", async () => {
    for (const host of ["127.0.0.2", "inner.test", "[::1]", "169.254.169.254"]) {
      answer = redirectTo(`http://${host}:${inner}/`);
      await expect(fetchFrom(`http://images.test:${open}/`)).rejects.toThrow("not on the public internet");
    }
    expect(innerCalls).toBe(0);
  });

  test("is not reached by a name that changes its answer after the check", async () => {
    let asked = 0;
    const rebinding: ImageFetchOptions["resolve"] = async () => {
      asked++;
      return [{ address: asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }];
    };
    answer = (_req, res) => res.end(png);
    const url = `http://rebind.test:${open}/`;
    expect((await fetchFrom(url, { resolve: rebinding })).mediaType).toBe("image/png");
    expect(asked).toBe(1);
    asked = 0;
    answer = redirectTo(`http://rebind.test:${inner}/`);
    await expect(fetchFrom(url, { resolve: rebinding })).rejects.toThrow("not on the public internet");
    expect(innerCalls).toBe(0);
  });
});

describe("what is not asked for at all", () => {
  test.each([
    ["http://images.test:22/", "ports 80 and 443"],
    ["https://images.test:80/", null],
    ["http://user:secret@images.test/", "password"],
    ["http://unknown.test/", "not known"],
    ["http://nothing.test/", "not known"],
    ["http://", "not a valid URL"],
  ])("%s", async (url, message) => {
    const before = seen.length;
    const refused = fetchFrom(url, { ports: [80, 443], isAllowed: () => message !== null });
    await expect(refused).rejects.toThrow(message ?? "not on the public internet");
    expect(seen).toHaveLength(before);
  });

  test.each(["file:///etc/passwd", "ftp://images.test/a", "data:image/png;base64,AAAA", "javascript:1"])(
    "%s, behind a redirect",
    async (location) => {
      answer = redirectTo(location);
      await expect(fetchFrom(`http://images.test:${open}/`)).rejects.toThrow("only http and https");
    },
  );
});
