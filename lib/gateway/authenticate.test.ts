import { describe, expect, test } from "vitest";
import { signPayToken } from "#lib/accounts/pay-token.ts";
import { hashKey, makeKey } from "#lib/keys/key-format.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { authenticate } from "./authenticate.ts";

const secret = "a secret of at least thirty-two characters";
const now = 1_790_000_000_000;

describe("authenticate", () => {
  test.each(["Bearer ", "bearer ", "BEARER   "])(
    "a well-formed key after %j is known by its hash only",
    (scheme) => {
      const key = makeKey();
      expect(authenticate(scheme + key, secret, now)).toEqual({ kind: "key", hash: hashKey(key) });
    },
  );

  test("a signed chat token names its account", () => {
    const token = signPayToken(secret, { accountId: "acc_1", now, ttlMs: 1 });
    expect(authenticate(`Bearer ${token}`, secret, now)).toEqual({ kind: "account", accountId: "acc_1" });
  });

  test.each([
    undefined,
    "",
    "Bearer",
    "Bearer  ",
    "Basic abc",
    `Bearer ${makeKey()} x`,
    "Bearer sk-aig-abc",
    "Bearer aigp.x.y",
  ])("%j is refused without a look-up", (header) => {
    expect(() => authenticate(header, secret, now)).toThrow(ApiError);
  });

  test("a key with one character changed is refused by its checksum", () => {
    const key = makeKey();
    const changed = key.slice(0, 20) + (key[20] === "A" ? "B" : "A") + key.slice(21);
    expect(() => authenticate(`Bearer ${changed}`, secret, now)).toThrow(/not valid/);
  });
});
