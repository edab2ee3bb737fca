import { describe, expect, test } from "vitest";
import type { Payer } from "#lib/usage/admission.ts";
import { createKnownKeys } from "./known-keys.ts";

const key = (hash: string): Payer => ({ kind: "key", hash });

function known(...hashes: string[]) {
  const asked: string[][] = [];
  const keys = createKnownKeys(async (wanted) => {
    asked.push([...wanted]);
    return wanted.filter((hash) => hashes.includes(hash));
  });
  return { keys, asked };
}

describe("known keys", () => {
  test("are looked for once, those that come together in one look", async () => {
    const { keys, asked } = known("a", "b");
    await Promise.all([keys.require(key("a")), keys.require(key("b"))]);
    await keys.require(key("a"));
    expect(asked).toEqual([["a", "b"]]);
  });

  test("are refused when they were never made, and work as soon as they are", async () => {
    const made: string[] = [];
    const keys = createKnownKeys(async (wanted) => wanted.filter((hash) => made.includes(hash)));
    await expect(keys.require(key("new"))).rejects.toMatchObject({ code: "invalid_key" });
    made.push("new");
    await expect(keys.require(key("new"))).resolves.toBeUndefined();
  });

  test("a made-up key does not take the others of its look with it", async () => {
    const { keys } = known("a");
    const all = await Promise.allSettled([keys.require(key("a")), keys.require(key("x"))]);
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  test("the chat has no key to look for", async () => {
    const { keys, asked } = known();
    await keys.require({ kind: "account", accountId: "one" });
    expect(asked).toEqual([]);
  });

  test("a database that does not answer is not a wrong key", async () => {
    const keys = createKnownKeys(() => Promise.reject(new Error("gone")));
    await expect(keys.require(key("a"))).rejects.toThrow("gone");
  });
});
