import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashKey, isWellFormedKey, keyStart, makeKey } from "./key-format.ts";

const aKey = fc
  .infiniteStream(fc.nat(255))
  .map((bytes) => makeKey((length) => Uint8Array.from(bytes.take(length))));

describe("API keys", () => {
  test("have the prefix and 40 base62 characters, whatever the random bytes", () => {
    fc.assert(
      fc.property(aKey, (key) => {
        expect(key).toMatch(/^sk-aig-[0-9A-Za-z]{40}$/);
        expect(isWellFormedKey(key)).toBe(true);
      }),
    );
  });

  test("with one character changed, two exchanged or one left out are told without the database", () => {
    fc.assert(
      fc.property(aKey, fc.integer({ min: 7, max: 45 }), fc.constantFrom(..."0aZ"), (key, at, character) => {
        const changed = key.slice(0, at) + character + key.slice(at + 1);
        if (changed !== key) expect(isWellFormedKey(changed)).toBe(false);
        const exchanged = key.slice(0, at) + key.charAt(at + 1) + key.charAt(at) + key.slice(at + 2);
        if (exchanged !== key) expect(isWellFormedKey(exchanged)).toBe(false);
        expect(isWellFormedKey(key.slice(0, at) + key.slice(at + 1))).toBe(false);
      }),
    );
  });

  test.each([
    "",
    "sk-aig-",
    "sk-proj-abc",
    ` ${makeKey()}`,
    `${makeKey()}\n`,
    makeKey().toUpperCase(),
    `${makeKey()}a`,
  ])("%j is not one", (text) => expect(isWellFormedKey(text)).toBe(false));

  test("use every character equally often", () => {
    const counts = new Map<string, number>();
    const keys = 2000;
    for (let index = 0; index < keys; index += 1) {
      for (const character of makeKey(randomBytes).slice(7, 41)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    const expected = (keys * 34) / 62;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    expect(counts.size).toBe(62);
    // 61 degrees of freedom: beyond 140 once in ten million runs, while `byte % 62` alone gives over 400.
    expect(chiSquare).toBeLessThan(140);
  });

  test("bytes that would favour some characters are thrown away", () => {
    const chunks = [new Uint8Array(34).fill(255), new Uint8Array(34).fill(61)];
    expect(makeKey(() => chunks.shift() ?? new Uint8Array(34)).slice(7, 41)).toBe("z".repeat(34));
  });

  test("are kept as their SHA-256 and shown by their first characters", () => {
    const key = makeKey();
    expect(hashKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(key.startsWith(keyStart(key))).toBe(true);
    expect(keyStart(key)).toHaveLength(12);
  });
});
