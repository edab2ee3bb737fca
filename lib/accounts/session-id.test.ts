import { encode } from "next-auth/jwt";
import { expect, test, vi } from "vitest";
import { authCookies } from "./auth-cookies.ts";
import { readSessionId } from "./session-id.ts";

const secret = "a secret of this test, long enough";
const { name } = authCookies(false).sessionToken;

function tokenOf(content: Record<string, unknown>, salt = name, maxAge = 60): Promise<string> {
  return encode({ token: content, secret, salt, maxAge });
}

async function read(headers: Record<string, string>): Promise<string | null> {
  return readSessionId(new Headers(headers), secret);
}

test("the session's id is read from the cookie, also when browsers were given it in pieces", async () => {
  const token = await tokenOf({ sessionId: "ses_1" });
  expect(await read({ cookie: `theme=dark; ${name}=${token}` })).toBe("ses_1");
  const half = Math.ceil(token.length / 2);
  expect(await read({ cookie: `${name}.0=${token.slice(0, half)}; ${name}.1=${token.slice(half)}` })).toBe(
    "ses_1",
  );
});

test("https has a cookie of its own", async () => {
  const secure = authCookies(true).sessionToken.name;
  const cookie = `${secure}=${await tokenOf({ sessionId: "ses_2" }, secure)}`;
  expect(await read({ cookie, "x-forwarded-proto": "https" })).toBe("ses_2");
  expect(await read({ cookie })).toBeNull();
});

test("a token that is not this installation's, is over, broken, of another kind or no cookie names no session", async () => {
  const token = await tokenOf({ sessionId: "ses_3" });
  expect(
    await readSessionId(new Headers({ cookie: `${name}=${token}` }), "another secret, also long"),
  ).toBeNull();
  expect(await read({ cookie: `${name}=${await tokenOf({ sessionId: "ses_3" }, name, -60)}` })).toBeNull();
  expect(await read({ cookie: `${name}=${token.slice(0, -4)}` })).toBeNull();
  expect(await read({ cookie: `${name}=${await tokenOf({ sub: "somebody" })}` })).toBeNull();
  expect(await read({ cookie: `other=${token}`, authorization: `Bearer ${token}` })).toBeNull();
  expect(await read({})).toBeNull();
});

test("a token that was read before is over at its end all the same", async () => {
  const cookie = `${name}=${await tokenOf({ sessionId: "ses_4" })}`;
  expect(await read({ cookie })).toBe("ses_4");
  expect(await read({ cookie })).toBe("ses_4");
  vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ["Date"] });
  try {
    expect(await read({ cookie })).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
