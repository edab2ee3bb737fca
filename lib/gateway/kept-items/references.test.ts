import { expect, test } from "vitest";
import { fillReferences } from "./references.ts";

const item = { type: "message", id: "msg_1", role: "assistant", content: [] };
const find = async () => new Map([["msg_1", item]]);

test("references give way to the items in their places", async () => {
  const input = [{ role: "user", content: "a" }, { type: "item_reference", id: "msg_1" }, { id: "msg_1" }];
  expect(await fillReferences({ model: "m", input }, find)).toEqual({
    model: "m",
    input: [{ role: "user", content: "a" }, item, item],
  });
});

test.each([
  "text",
  null,
  [],
  { input: "text" },
  { input: [{ role: "user", id: "msg_1", content: "a" }, null, "b", 1, { type: "item_reference" }] },
])("a body without references is the same, and nothing is looked up: %j", async (body) => {
  const filled = await fillReferences(body, () => Promise.reject(new Error("looked up")));
  expect(filled).toBe(body);
});

test("the first reference to what is not there is named", async () => {
  const input = [
    { type: "item_reference", id: "msg_1" },
    { type: "item_reference", id: "rs_9" },
    { type: "item_reference", id: "rs_8" },
  ];
  await expect(fillReferences({ input }, find)).rejects.toMatchObject({
    code: "invalid_request",
    param: "input[1].id",
    message: expect.stringContaining("rs_9"),
  });
});
