import sharp from "sharp";
import { expect, test } from "vitest";
import { dominantColours, inspectImages } from "./images.ts";
import { ask, content, offline } from "./testing.ts";

const never = new AbortController().signal;

async function dataUri(format: "png" | "jpeg" | "webp"): Promise<string> {
  const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#1e4fd0" } })
    .composite([
      {
        input: { create: { width: 75, height: 200, channels: 3, background: "#dc1e1e" } },
        left: 0,
        top: 0,
      },
    ])
    .toFormat(format)
    .toBuffer();
  return `data:image/${format};base64,${bytes.toString("base64")}`;
}

function asking(...urls: string[]) {
  const images = urls.map((url) => ({ type: "image_url", image_url: { url } }));
  return {
    messages: [{ role: "user", content: [{ type: "text", text: "What is in this image?" }, ...images] }],
  };
}

test.each(["png", "jpeg", "webp"] as const)(
  "a %s is decoded: format, size and colours are told",
  async (format) => {
    const answer = content(await ask(offline(), asking(await dataUri(format))));
    expect(answer).toContain(`${format.toUpperCase()}, 300 × 200 pixels`);
    expect(answer).toMatch(/blue `#[0-9a-f]{6}` 75%, (dark )?red `#[0-9a-f]{6}` 25%/);
  },
);

test("an image counts by its size, and is part of the cached prefix", async () => {
  const upstream = offline();
  const body = asking(await dataUri("png"));
  const first = await ask(upstream, body);
  expect(first.usage?.prompt_tokens).toBeGreaterThan(21 * 14);
  expect(first.usage?.prompt_tokens).toBeLessThan(21 * 14 + 40);
  expect((await ask(upstream, body)).usage?.prompt_tokens_details.cached_tokens).toBeGreaterThanOrEqual(256);
});

test("an address without bytes and bytes without an image are said so, and break nothing", async () => {
  const answer = content(
    await ask(offline(), asking("https://example.com/cat.jpg", "data:image/png;base64,AAAA")),
  );
  expect(answer).toContain("https://example.com/cat.jpg");
  expect(answer).toContain("have not seen it");
  expect(answer).toContain("not an image I can decode");
});

test("an image asking for more pixels than are decoded is unreadable, not a crash", async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="20000"/>`;
  const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const facts = await inspectImages(
    [{ role: "user", content: [{ type: "image_url", image_url: url }] }],
    never,
  );
  expect(facts.get(url)).toEqual({ kind: "unreadable" });
});

test("colours are shares of the area and add up to at most one", () => {
  const pixels = Uint8Array.from([255, 255, 255, 255, 255, 255, 0, 0, 0, 220, 30, 30]);
  expect(dominantColours(pixels).map(({ name, share }) => [name, share])).toEqual([
    ["white", 0.5],
    ["black", 0.25],
    ["red", 0.25],
  ]);
});
