import sharp from "sharp";
import { expect, test } from "vitest";
import { makePicture } from "#tests/support/make-files.ts";
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
