import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { makePicture } from "#tests/support/make-files.ts";
import { isBareImage } from "./is-bare-image.ts";
import { prepareImage } from "./prepare-image.ts";

test("place and camera are gone, and the picture stands upright", async () => {
  const source = await sharp(await makePicture("red", { width: 60, height: 20 }))
    .jpeg()
    .withExif({ IFD0: { Make: "Camera" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect((await sharp(source).metadata()).exif?.toString("latin1")).toContain("Camera");
  const prepared = await prepareImage(source);
  expect(prepared).toMatchObject({ mediaType: "image/jpeg", width: 20, height: 60 });
  const { exif, xmp, icc, orientation } = await sharp(prepared.bytes).metadata();
  expect({ exif, xmp, icc, orientation }).toEqual({});
  expect(Buffer.from(prepared.bytes).includes("Camera")).toBe(false);
});

test("a large picture is reduced to the long edge, a small one keeps its size and a drawing its format", async () => {
  const large = await prepareImage(await makePicture("blue", { width: 3_000, height: 1_500 }));
  expect(large).toMatchObject({ mediaType: "image/png", width: 2_048, height: 1_024 });
  const small = await prepareImage(await makePicture("blue", { width: 10, height: 8 }));
  expect(small).toMatchObject({ mediaType: "image/png", width: 10, height: 8 });
});

test("the same picture again gives the same bytes", async () => {
  const picture = await makePicture("red", { format: "jpeg" });
  expect((await prepareImage(picture)).bytes).toEqual((await prepareImage(picture)).bytes);
});

test("a picture that unpacks to more pixels than may be, and a damaged one, are refused with the reason", async () => {
  const bomb = await makePicture("red", { width: 9_000, height: 6_000 });
  expect(bomb.length).toBeLessThan(1_000_000);
  const refused = (words: RegExp) =>
    expect.objectContaining({
      name: "FileRefusal",
      reason: "unreadable",
      message: expect.stringMatching(words),
    });
  await expect(prepareImage(bomb)).rejects.toEqual(refused(/more than 50 million pixels/));
  const half = (await makePicture("red", { width: 800, height: 600 })).subarray(0, 900);
  await expect(prepareImage(half)).rejects.toEqual(refused(/damaged/));
});

const rough = (channels: 3 | 4) =>
  sharp({
    create: { width: 300, height: 200, channels, background: { r: 90, g: 120, b: 200, alpha: 0.5 } },
  });
const noisy = () =>
  sharp({
    create: {
      width: 300,
      height: 200,
      channels: 3,
      background: "gray",
      noise: { type: "gaussian", mean: 120, sigma: 40 },
    },
  });

test.each([
  ["a photograph", () => noisy().jpeg({ quality: 70, progressive: true }).toBuffer()],
  ["a grey photograph", () => noisy().greyscale().jpeg().toBuffer()],
  ["a drawing", () => rough(3).png().toBuffer()],
  ["a drawing with a palette", () => rough(4).png({ palette: true }).toBuffer()],
  ["a picture one sees through", () => rough(4).webp().toBuffer()],
  ["an animation", () => rough(3).gif().toBuffer()],
  ["AVIF", () => rough(3).avif().toBuffer()],
])("%s is written once: what was written stays as it is", async (_what, make) => {
  const once = await prepareImage(await make());
  expect(await prepareImage(once.bytes)).toEqual(once);
});

test.each(["jpeg", "png", "webp"] as const)("what is hidden behind a %s is gone", async (format) => {
  const source = Buffer.concat([await rough(3).toFormat(format).toBuffer(), Buffer.from("hidden")]);
  const { bytes } = await prepareImage(source);
  expect(Buffer.from(bytes).includes("hidden")).toBe(false);
});

test.each(["jpeg", "png", "webp"] as const)("a comment within a %s is gone", async (format) => {
  const source = await rough(3)
    .toFormat(format)
    .withExif({ IFD0: { Copyright: "hidden" } })
    .toBuffer();
  expect(source.includes("hidden")).toBe(true);
  const { bytes } = await prepareImage(source);
  expect(Buffer.from(bytes).includes("hidden")).toBe(false);
});

test("bytes that are cut or changed anywhere never break the reader", async () => {
  const pictures = await Promise.all(
    (["jpeg", "png", "webp"] as const).map(async (format) => ({
      mediaType: `image/${format}`,
      bytes: await rough(4).toFormat(format).toBuffer(),
    })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...pictures), fc.nat(), fc.nat(), fc.nat(255), (picture, end, at, byte) => {
      const bytes = new Uint8Array(picture.bytes.subarray(0, end % (picture.bytes.length + 1)));
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      expect(typeof isBareImage(bytes, picture.mediaType)).toBe("boolean");
    }),
    { numRuns: 2_000 },
  );
});
