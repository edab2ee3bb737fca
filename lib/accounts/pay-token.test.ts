import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPayToken, signPayToken, verifyPayToken } from "./pay-token.ts";

const secret = "a secret of at least thirty-two characters";
const now = 1_790_000_000_000;

describe("pay token", () => {
  test("names the account that pays until it expires", () => {
    const token = signPayToken(secret, { accountId: "acc_1", now, ttlMs: 1000 });
    expect(isPayToken(token)).toBe(true);
    expect(verifyPayToken(secret, token, now + 999)).toEqual({ accountId: "acc_1" });
    expect(verifyPayToken(secret, token, now + 1000)).toBeNull();
  });

  test("signed with another secret is refused", () => {
    const token = signPayToken("another secret of thirty-two characters", {
      accountId: "acc_1",
      now,
      ttlMs: 1000,
    });
    expect(verifyPayToken(secret, token, now)).toBeNull();
  });

  test("changed in any character is refused", () => {
    const token = signPayToken(secret, { accountId: "acc_1", now, ttlMs: 1000 });
    fc.assert(
      fc.property(fc.nat(token.length - 2), fc.constantFrom("A", "b", "3", ".", "-"), (at, character) => {
        fc.pre(token[at] !== character);
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect(verifyPayToken(secret, changed, now)).toBeNull();
      }),
    );
  });

  test.each(["", "aigp.", "aigp.x", "aigp..", "sk-aig-abc", "aigp.e30.e30"])("%j is refused", (token) => {
    expect(verifyPayToken(secret, token, now)).toBeNull();
  });
});
