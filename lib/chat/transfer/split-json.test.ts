import fc from "fast-check";
import { expect, test } from "vitest";
import { splitJson, UnreadableFile } from "./split-json.ts";

async function* inPieces(text: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

async function split(text: string, { pieceBytes = 7, maxBytes = 1_000_000 } = {}) {
  const documents = [];
  for await (const { text: found } of splitJson(inPieces(text, pieceBytes), { maxBytes }))
    documents.push(found);
  return documents;
}

test("every element of an array comes out as it went in, however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue()),
      fc.integer({ min: 3, max: 40 }),
      fc.constantFrom(undefined, 2, "\t"),
      async (values, pieceBytes, space) => {
        const found = await split(`\n ${JSON.stringify(values, null, space)}\r\n`, { pieceBytes });
        expect(found.map((text) => JSON.parse(text ?? "") as unknown)).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      },
    ),
  );
});

test("an object at the top is one document, a byte order mark is not part of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
      expect(await split(`\uFEFF${JSON.stringify(value)} `)).toEqual([JSON.stringify(value)]);
    }),
  );
});

test("a document that is too long is told, and those after it come", async () => {
  const texts = await split(JSON.stringify([1, "x".repeat(500), { a: "]}" }]), { maxBytes: 100 });
  expect(texts).toEqual(["1", null, '{"a":"]}"}']);
});

test.each([
  ["", "not_json"],
  ["  \n", "not_json"],
  ["<html>", "not_json"],
  ['"text"', "not_json"],
  ["[1] [2]", "not_json"],
  ['[1, {"a": ', "truncated"],
  ['{"a": "b}', "truncated"],
])("%j is refused as %s", async (text, problem) => {
  await expect(split(text)).rejects.toEqual(new UnreadableFile(problem as UnreadableFile["problem"]));
  await expect(split(text)).rejects.toMatchObject({ problem });
});

test("what came before the end of a cut file is given", async () => {
  const found: unknown[] = [];
  const reading = (async () => {
    for await (const { text } of splitJson(inPieces("[1,[2,3],4", 2), { maxBytes: 100 })) found.push(text);
  })();
  await expect(reading).rejects.toMatchObject({ problem: "truncated" });
  expect(found).toEqual(["1", "[2,3]"]);
});
