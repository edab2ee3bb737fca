import { parseOptions } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { dummyHash, hashParameters, hashPassword, verifyPassword } from "./password.ts";

describe("passwords", () => {
  test("a password fits its own hash and no other does", async () => {
    const stored = await hashPassword("correct horse");
    expect(await verifyPassword(stored, "correct horse")).toBe(true);
    expect(await verifyPassword(stored, "correct horsf")).toBe(false);
    expect(await verifyPassword(stored, "")).toBe(false);
  });

  test("one password has another hash each time", async () => {
    expect(await hashPassword("correct horse")).not.toBe(await hashPassword("correct horse"));
  });

  test("the same characters in another Unicode form fit", async () => {
    const stored = await hashPassword("pässwörter".normalize("NFD"));
    expect(await verifyPassword(stored, "pässwörter".normalize("NFC"))).toBe(true);
  });

  test("hashes are argon2id with the parameters of the policy, the one for unknown accounts too", async () => {
    const expected = { algorithm: 2, version: 1, ...hashParameters, outputLen: 32, saltLen: 16 };
    expect(parseOptions(await hashPassword("correct horse"))).toEqual(expected);
    expect(parseOptions(dummyHash)).toEqual(expected);
  });

  test("an unknown account costs exactly one verification, as a known one does, and never passes", async () => {
    const verified: string[] = [];
    const alwaysFits = async (hashed: string) => verified.push(hashed) > 0;
    expect(await verifyPassword("stored", "correct horse", alwaysFits)).toBe(true);
    expect(await verifyPassword(null, "correct horse", alwaysFits)).toBe(false);
    expect(verified).toEqual(["stored", dummyHash]);
  });
});
