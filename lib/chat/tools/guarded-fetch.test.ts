import { createServer, type RequestListener, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGuardedFetch, fetchGuard, readText } from "./guarded-fetch.ts";

const servers: Server[] = [];
let inner = 0;
let innerCalls = 0;
let open = 0;
let answer: RequestListener;

async function listen(host: string, handle: RequestListener): Promise<number> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

beforeAll(async () => {
  open = await listen("127.0.0.1", (req, res) => answer(req, res));
  inner = await listen("127.0.0.2", (_req, res) => {
    innerCalls += 1;
    res.end("secret");
  });
});
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const hosts: Record<string, string[]> = {
  "open.test": ["127.0.0.1"],
  "inner.test": ["127.0.0.2"],
  "both.test": ["127.0.0.1", "127.0.0.2"],
};
const get = createGuardedFetch({
  isAllowed: (address) => address === "127.0.0.1",
  resolve: async (hostname) => (hosts[hostname] ?? []).map((address) => ({ address, family: 4 })),
});

describe("what tools may reach", () => {
  test("an allowed host is reached at the address that was checked", async () => {
    answer = (req, res) => res.setHeader("x-method", String(req.method)).end("hello");
    const response = await get(`http://open.test:${open}/`, { method: "POST", body: "{}" });
    expect(response.headers.get("x-method")).toBe("POST");
    expect(await response.text()).toBe("hello");
  });

  test.each([
    ["a private address", () => `http://127.0.0.2:${inner}/`],
    ["the same, written as a number", () => `http://2130706434:${inner}/`],
    ["the same, as IPv6", () => `http://[::ffff:127.0.0.2]:${inner}/`],
    ["a name that leads to one", () => `http://inner.test:${inner}/`],
    ["a name of which one address is private", () => `http://both.test:${inner}/`],
  ])("%s is refused", async (_name, url) => {
    await expect(get(url())).rejects.toThrow("not on the public internet");
    expect(innerCalls).toBe(0);
  });

  test.each([
    ["file:///etc/passwd", "Only http"],
    ["http://user:pass@open.test/", "password"],
    ["http://unknown.test/", "not known"],
    ["nonsense", "not a valid URL"],
  ])("%s is refused", async (url, reason) => {
    await expect(get(url)).rejects.toThrow(reason);
  });

  test.each([() => `http://127.0.0.2:${inner}/`, () => `http://inner.test:${inner}/`])(
    "a redirect to a private address is refused",
    async (target) => {
      answer = (_req, res) => res.writeHead(302, { location: target() }).end();
      await expect(get(`http://open.test:${open}/`)).rejects.toThrow("not on the public internet");
      expect(innerCalls).toBe(0);
    },
  );

  test("a redirect to another origin loses the secret headers", async () => {
    const other = await listen("127.0.0.1", (req, res) => res.end(`key ${req.headers["x-key"]}`));
    answer = (_req, res) => res.writeHead(307, { location: `http://open.test:${other}/` }).end();
    const response = await get(`http://open.test:${open}/`, { headers: { "x-key": "k" } });
    expect(await response.text()).toBe("key undefined");
  });

  test("an endless chain of redirects ends", async () => {
    answer = (_req, res) => res.writeHead(302, { location: "/again" }).end();
    await expect(get(`http://open.test:${open}/`)).rejects.toThrow("more than 5 times");
  });

  test("text beyond the limit is refused while it arrives", async () => {
    answer = (_req, res) => {
      const write = () => {
        while (res.write(Buffer.alloc(65_536, "x")));
      };
      res.on("drain", write);
      write();
    };
    const response = await get(`http://open.test:${open}/`);
    await expect(readText(response, 1_048_576)).rejects.toThrow("larger than 1 MiB");
  });

  test("an operator may open private addresses", async () => {
    const anywhere = createGuardedFetch(fetchGuard({ allowPrivate: true }));
    expect(await (await anywhere(`http://127.0.0.2:${inner}/`)).text()).toBe("secret");
  });
});
