import { expect, test, vi } from "vitest";
import { type FilePart, toFilePart } from "#lib/chat/attachments/file-part.ts";
import { ChatProblem } from "../chat-api.ts";
import { Tray } from "./tray.ts";
import type { UploadOptions } from "./upload-file.ts";

const stored = (name: string) =>
  toFilePart({ id: `att_${name}`, mediaType: "text/plain", filename: name, sizeBytes: 2 });

function makeTray(upload: (file: File, options: UploadOptions) => Promise<FilePart>) {
  const revoked: string[] = [];
  const kept: string[][] = [];
  const tray = new Tray({
    shrink: async (file) => file,
    upload,
    addressOf: (file) => `blob:${file.name}`,
    revoke: (address) => revoked.push(address),
    onFiles: (files) => kept.push(files.map(({ filename }) => filename)),
  });
  const steps = () => tray.get().map(({ upload: { step } }) => step);
  return { tray, revoked, kept, steps };
}

const text = (name: string) => new File(["hi"], name, { type: "text/plain" });

test("a file is prepared, sent with its progress told, and ready to be sent with the message", async () => {
  const gate = Promise.withResolvers<void>();
  const { tray, steps, kept } = makeTray(async (file, { onProgress }) => {
    onProgress(0.5);
    await gate.promise;
    return stored(file.name);
  });
  tray.add([text("a.txt")]);
  expect(steps()).toEqual(["preparing"]);
  await vi.waitFor(() => expect(tray.get()[0]?.upload).toEqual({ step: "uploading", share: 0.5 }));
  gate.resolve();
  await vi.waitFor(() => expect(steps()).toEqual(["ready"]));
  expect(kept).toEqual([["a.txt"]]);
});

test("what the server cannot take fails for good, what did not reach it can be tried again", async () => {
  const answers = [
    () => Promise.reject(new ChatProblem("unreachable", "", { status: 0 })),
    () => Promise.reject(new ChatProblem("file_unreadable", "", { status: 422 })),
    () => Promise.resolve(stored("a.txt")),
  ];
  const { tray, steps } = makeTray(
    () => answers.shift()?.() ?? Promise.reject(new Error("No answer is left.")),
  );
  tray.add([text("a.txt"), text("b.txt")]);
  await vi.waitFor(() => expect(steps()).toEqual(["failed", "failed"]));
  const [first, second] = tray.get();
  expect(first?.upload).toEqual({ step: "failed", code: "unreachable", again: true });
  expect(second?.upload).toEqual({ step: "failed", code: "file_unreadable", again: false });
  tray.retry(first?.key ?? "");
  await vi.waitFor(() => expect(steps()).toEqual(["ready", "failed"]));
});

test("a file that is removed while it is sent is given up, its picture freed, and does not come back", async () => {
  const gate = Promise.withResolvers<FilePart>();
  let signal: AbortSignal | null = null;
  const { tray, revoked, kept } = makeTray((_file, options) => {
    signal = options.signal;
    return gate.promise;
  });
  tray.add([new File(["x"], "a.png", { type: "image/png" })]);
  await vi.waitFor(() => expect(signal).not.toBeNull());
  tray.remove(tray.get()[0]?.key ?? "");
  expect(signal).toMatchObject({ aborted: true });
  gate.resolve(stored("a.png"));
  await gate.promise;
  expect(tray.get()).toEqual([]);
  expect(revoked).toEqual(["blob:a.png"]);
  expect(kept).toEqual([]);
});

test("no more files are taken than a message may have, and too large or wrong ones are not sent", () => {
  const upload = vi.fn(() => new Promise<FilePart>(() => undefined));
  const { tray, steps } = makeTray(upload);
  const large = new File([new Uint8Array(2 * 1_048_576 + 1)], "large.txt", { type: "text/plain" });
  const film = new File(["x"], "film.mp4", { type: "video/mp4" });
  expect(tray.add([large, film])).toBe(0);
  expect(steps()).toEqual(["failed", "failed"]);
  expect(tray.add(Array.from({ length: 11 }, (_, n) => text(`${n}.txt`)))).toBe(3);
  expect(tray.get()).toHaveLength(10);
});

test("files that the server has come back once, before those that are new", () => {
  const { tray } = makeTray(() => new Promise(() => undefined));
  tray.add([text("new.txt")]);
  tray.restore([stored("old.txt")]);
  tray.restore([stored("old.txt")]);
  expect(tray.get().map(({ name }) => name)).toEqual(["old.txt", "new.txt"]);
});

test("a picture that browsers do not show is seen as the server wrote it", async () => {
  const written = toFilePart({ id: "att_1", mediaType: "image/jpeg", filename: "a.jpg", sizeBytes: 2 });
  const { tray, revoked } = makeTray(async () => written);
  tray.add([new File(["x"], "a.heic", { type: "image/heic" })]);
  await vi.waitFor(() => expect(tray.get()[0]?.upload.step).toBe("ready"));
  expect(tray.get()[0]).toMatchObject({ name: "a.jpg", picture: written.url });
  expect(revoked).toEqual(["blob:a.heic"]);
});
