import { expect, test } from "vitest";
import { z } from "zod";
import { readJson } from "./read-json.ts";

const schema = z.strictObject({ name: z.string() });
const post = (body: string) => new Request("http://localhost/", { method: "POST", body });

test("a body that fits comes back typed", async () => {
  expect(await readJson(post('{"name":"ci"}'), schema)).toEqual({ name: "ci" });
});

test("what no database stores is replaced before it is checked", async () => {
  expect(await readJson(post('{"name":"a\\u0000b\\ud800"}'), schema)).toEqual({ name: "a\uFFFDb\uFFFD" });
});

test.each([
  ["{", "The request body is not valid JSON.", null],
  ["", "The request body is not valid JSON.", null],
  ["[]", "The request body must be a JSON object.", null],
  ["{}", "`name` is required.", "name"],
  ['{"name":1}', "`name` must be of type string.", "name"],
  ['{"name":"ci","scope":1}', "`scope` is not a field of this request.", "scope"],
])("the body %j is refused: %s", async (body, message, param) => {
  await expect(readJson(post(body), schema)).rejects.toMatchObject({
    code: "invalid_request",
    message,
    param,
  });
});
