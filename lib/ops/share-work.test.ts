import { expect, test } from "vitest";
import { shareWork } from "./share-work.ts";

test("who asks while work is under way shares it, and who comes later has it done anew", async () => {
  const share = shareWork<number>("test-shared");
  let times = 0;
  const work = async () => ++times;
  expect(await Promise.all([share("a", work), share("a", work), share("b", work)])).toEqual([1, 1, 2]);
  expect(await share("a", work)).toBe(3);
});

test("a failure is shared too, and forgotten", async () => {
  const share = shareWork<number>("test-failing");
  const fail = () => Promise.reject(new Error("no"));
  const both = await Promise.allSettled([share("a", fail), share("a", async () => 1)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await share("a", async () => 1)).toBe(1);
});

test("it is one for all who load this file under the same name", async () => {
  const [one, other] = [shareWork<string>("test-twice"), shareWork<string>("test-twice")];
  expect(await Promise.all([one("a", async () => "one"), other("a", async () => "other")])).toEqual([
    "one",
    "one",
  ]);
});
