import { expect, test } from "vitest";
import type { StoredMessage } from "../message.ts";
import { toFilePart } from "./file-part.ts";
import { showFiles } from "./show-files.ts";

const mib = 1_048_576;

function message(id: string, files: Parameters<typeof toFilePart>[0][]): StoredMessage {
  const parts = [...files.map(toFilePart), { type: "text" as const, text: `text of ${id}` }];
  return { id, parentId: null, role: "user", parts, metadata: {}, createdAt: new Date(0) };
}

test("pictures become data URIs and texts name their file, in their order before what was said", async () => {
  const picture = { id: "att_1", mediaType: "image/png", filename: "a.png", sizeBytes: 3 };
  const pdf = {
    id: "att_2",
    mediaType: "application/pdf",
    filename: "b.pdf",
    sizeBytes: 9,
    pages: 2,
    truncated: true,
  };
  const [shown] = await showFiles([message("u1", [picture, pdf])], async (file) =>
    file.mediaType === "image/png" ? { bytes: new Uint8Array([1, 2, 3]) } : { text: "[Page 1]\nHello" },
  );
  expect(shown?.parts).toEqual([
    { type: "file", mediaType: "image/png", filename: "a.png", url: "data:image/png;base64,AQID" },
    {
      type: "text",
      text: '<file name="b.pdf" pages="2" cut="the file holds more text than is shown here">\n[Page 1]\nHello\n</file>',
    },
    { type: "text", text: "text of u1" },
  ]);
});

test("when a chat has too many pictures the newest are shown and the oldest are told of", async () => {
  const pictures = ["att_1", "att_2", "att_3"].map((id) => ({
    id,
    mediaType: "image/png",
    filename: `${id}.png`,
    sizeBytes: 8 * mib,
  }));
  const asked: string[] = [];
  const shown = await showFiles(
    pictures.map((picture) => message(picture.id, [picture])),
    async (file) => {
      asked.push(file.filename);
      return { bytes: new Uint8Array(8 * mib) };
    },
  );
  expect(asked).toEqual(["att_3.png", "att_2.png"]);
  expect(shown.map(({ parts }) => parts[0]?.type)).toEqual(["text", "file", "file"]);
  expect(shown[0]?.parts[0]).toMatchObject({ text: expect.stringContaining('"att_1.png"') });
});

test("a file that is gone is told of", async () => {
  const gone = { id: "att_1", mediaType: "text/plain", filename: "notes.txt", sizeBytes: 3 };
  const [shown] = await showFiles([message("u1", [gone])], async () => null);
  expect(shown?.parts[0]).toMatchObject({
    type: "text",
    text: expect.stringContaining("not available any more"),
  });
});
