import { describe, expect, test } from "vitest";
import { type FetchImage, ImageRefused } from "./fetch-image.ts";
import { createImageInliner } from "./inline-images.ts";

const { signal } = new AbortController();
const image = (image_url: unknown) => ({ type: "image_url", image_url });
const asking = (...parts: unknown[]) => ({ messages: [{ role: "user", content: parts }] });

function inliner(fetchImage: FetchImage, patienceMs?: number) {
  const fetched: string[] = [];
  const inline = createImageInliner(async (url, fetch) => {
    fetched.push(url);
    return fetchImage(url, fetch);
  }, patienceMs);
  return { inline, fetched };
}

const echo: FetchImage = async (url) => ({ mediaType: "image/png", bytes: Buffer.from(url) });
const dataUri = (url: string) => `data:image/png;base64,${Buffer.from(url).toString("base64")}`;

describe("inlining images", () => {
  test("puts bytes in the place of addresses and leaves everything else as it is", async () => {
    const { inline, fetched } = inliner(echo);
    const tool = { role: "tool", tool_call_id: "c1", content: [image({ url: "https://a.test/2" })] };
    const body = {
      model: "m",
      messages: [
        { role: "system", content: "https://a.test/not-an-image" },
        {
          role: "user",
          name: "x",
          content: [
            { type: "text", text: "https://a.test/1" },
            image({ url: "https://a.test/1", detail: "low" }),
            image("HTTP://a.test/3"),
            image({ url: "data:image/png;base64,AAAA" }),
            image({ url: "ms://file-1" }),
          ],
        },
        tool,
      ],
      unknown: { kept: true },
    };
    const before = structuredClone(body);
    expect(await inline(body, signal)).toEqual({
      ...body,
      messages: [
        body.messages[0],
        {
          role: "user",
          name: "x",
          content: [
            { type: "text", text: "https://a.test/1" },
            image({ url: dataUri("https://a.test/1"), detail: "low" }),
            image(dataUri("HTTP://a.test/3")),
            image({ url: "data:image/png;base64,AAAA" }),
            image({ url: "ms://file-1" }),
          ],
        },
        { ...tool, content: [image({ url: dataUri("https://a.test/2") })] },
      ],
    });
    expect(body).toEqual(before);
    expect(fetched).toHaveLength(3);
  });

  test("gives a body without addresses back as it is", async () => {
    const { inline, fetched } = inliner(echo);
    const body = asking(image({ url: "data:image/png;base64,AAAA" }), null, 7);
    expect(await inline(body, signal)).toBe(body);
    expect(fetched).toEqual([]);
  });

  test("fetches an address once, however often it stands there and the body is sent", async () => {
    const { inline, fetched } = inliner(echo);
    const body = asking(image("https://a.test/1"), image({ url: "https://a.test/1" }));
    await inline(body, signal);
    await inline(body, signal);
    expect(fetched).toEqual(["https://a.test/1"]);
  });

  test("names the field of the image that cannot be had, and why", async () => {
    const { inline } = inliner(async (url, fetch) => {
      if (url.endsWith("bad")) throw new ImageRefused("its host is not known");
      return echo(url, fetch);
    });
    await expect(
      inline(asking("x", image("http://a.test/ok"), image("http://a.test/bad")), signal),
    ).rejects.toMatchObject({
      code: "invalid_request",
      param: "messages[0].content[2].image_url",
      message: "The image at messages[0].content[2].image_url cannot be used: its host is not known.",
    });
  });

  test("refuses a seventeenth address before fetching any", async () => {
    const { inline, fetched } = inliner(echo);
    const parts = Array.from({ length: 17 }, (_, at) => image(`http://a.test/${at}`));
    await expect(inline(asking(...parts), signal)).rejects.toMatchObject({
      param: "messages[0].content[16].image_url",
    });
    expect(fetched).toEqual([]);
    expect(await inline(asking(...parts.slice(1)), signal)).toBeDefined();
  });

  test("refuses images that are too large together", async () => {
    const { inline } = inliner(async (_url, { onBytes }) => {
      onBytes(17 * 1024 * 1024);
      return { mediaType: "image/png", bytes: Buffer.alloc(1) };
    });
    expect(await inline(asking(image("http://a.test/1")), signal)).toBeDefined();
    await expect(inline(asking(image("http://a.test/1"), image("http://a.test/2")), signal)).rejects.toThrow(
      "larger than 32 MiB together",
    );
  });

  const untilAborted: FetchImage = (_url, fetch) =>
    new Promise((_done, fail) => fetch.signal.addEventListener("abort", () => fail(fetch.signal.reason)));

  test("gives up on a host that takes too long, and on the others when one failed", async () => {
    const slow = inliner(untilAborted, 20);
    await expect(slow.inline(asking(image("http://a.test/1")), signal)).rejects.toThrow(
      "took longer than 0.02 s",
    );
    let left = 0;
    const mixed = inliner(async (url, fetch) => {
      if (url.endsWith("bad")) throw new ImageRefused("it is bad");
      fetch.signal.addEventListener("abort", () => left++);
      return untilAborted(url, fetch);
    });
    const body = asking(image("http://a.test/1"), image("http://a.test/bad"), image("http://a.test/2"));
    await expect(mixed.inline(body, signal)).rejects.toThrow("it is bad");
    expect(left).toBe(2);
  });

  test("ends with the call's own reason when the client leaves", async () => {
    const client = new AbortController();
    const { inline } = inliner(untilAborted);
    const inlined = inline(asking(image("http://a.test/1")), client.signal);
    client.abort(new Error("gone"));
    await expect(inlined).rejects.toThrow("gone");
  });
});
