import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readConversations, sourcesOf } from "./import-source.ts";
import { type FileToPack, packZip } from "./pack.ts";
import { openZip, readAll, type UnpackLimits, unpackLimits } from "./unpack.ts";

const folder = mkdtempSync(join(tmpdir(), "aig-zip-"));
const handles: FileHandle[] = [];
afterAll(async () => {
  await Promise.all(handles.map((handle) => handle.close()));
  rmSync(folder, { recursive: true });
});

async function* each(files: readonly FileToPack[]): AsyncGenerator<FileToPack> {
  yield* files;
}

const changedAt = new Date("2026-11-26T12:00:00Z");
const file = (path: string, content: FileToPack["content"]): FileToPack => ({ path, changedAt, content });

async function onDisk(bytes: Uint8Array): Promise<FileHandle> {
  const path = join(folder, String(handles.length));
  writeFileSync(path, bytes);
  const handle = await open(path, "r");
  handles.push(handle);
  return handle;
}

async function zipped(...files: FileToPack[]): Promise<Uint8Array> {
  return new Uint8Array(await new Response(packZip(each(files))).arrayBuffer());
}

async function readText(handle: FileHandle, limits?: UnpackLimits): Promise<Record<string, string>> {
  const entries = await openZip(handle, limits);
  const texts = await Promise.all(
    entries.map(async (entry) => [entry.path, Buffer.from((await readAll(entry, 1e9)) ?? []).toString()]),
  );
  return Object.fromEntries(texts);
}

test("what is packed is unpacked as it was, whatever its name and however it comes", async () => {
  async function* pieces() {
    yield "one ";
    yield Buffer.from("two");
  }
  const handle = await onDisk(
    await zipped(file("a.json", "[]"), file("聊天/b ü.md", pieces()), file("empty", "")),
  );
  expect(await readText(handle)).toEqual({ "a.json": "[]", "聊天/b ü.md": "one two", empty: "" });
});

test("packing waits for its reader, and ends when that leaves", async () => {
  let made = 0;
  let ended = false;
  async function* endless(): AsyncGenerator<FileToPack> {
    try {
      for (;;) {
        made += 1;
        yield file(`${made}`, "x".repeat(100_000));
      }
    } finally {
      ended = true;
    }
  }
  const reader = packZip(endless()).getReader();
  for (let reads = 0; reads < 20; reads += 1) await reader.read();
  expect(made).toBeLessThan(20);
  await reader.cancel();
  await expect.poll(() => ended).toBe(true);
});

test("a file that cannot be made breaks the download off", async () => {
  async function* failing(): AsyncGenerator<FileToPack> {
    yield file("a", "a");
    throw new Error("gone");
  }
  await expect(new Response(packZip(failing())).arrayBuffer()).rejects.toThrow();
});

const small: UnpackLimits = { ...unpackLimits, ratioFromBytes: 1_000, ratio: 50 };

test("a zip bomb is told before it is unpacked", async () => {
  const handle = await onDisk(await zipped(file("conversations.json", "0".repeat(5_000_000))));
  await expect(readText(handle, small)).rejects.toMatchObject({ problem: "unpacks_too_large" });
});

test("all files of a zip together have a limit", async () => {
  const random = () =>
    Buffer.from(Array.from({ length: 4_000 }, () => Math.random()).join()).toString("latin1");
  const handle = await onDisk(await zipped(file("a", random()), file("b", random())));
  await expect(readText(handle, { ...unpackLimits, totalBytes: 80_000 })).rejects.toMatchObject({
    problem: "unpacks_too_large",
  });
  await expect(openZip(handle, { ...unpackLimits, files: 1 })).rejects.toMatchObject({
    problem: "unpacks_too_large",
  });
});

test("a cut or damaged zip is told", async () => {
  const whole = await zipped({ ...file("a.json", JSON.stringify(["x".repeat(3_000)])), stored: true });
  await expect(openZip(await onDisk(whole.subarray(0, whole.length - 40)))).rejects.toMatchObject({
    problem: "broken_zip",
  });
  const damaged = whole.slice();
  damaged.fill(0x79, 1_000, 1_010);
  await expect(readText(await onDisk(damaged))).rejects.toMatchObject({ problem: "broken_zip" });
});

test("the conversations of a zip are found wherever it keeps them, shard by shard", async () => {
  const handle = await onDisk(
    await zipped(
      file("export/user.json", "{}"),
      file("export/conversations-001.json", '[{"b":1}]'),
      file("export/conversations-000.json", '[{"a":1},{"a":'),
      file("export/file-AbC1-cat.png", "png"),
      file("export/dalle-generations/file_00ff.dat", "dat"),
      file("__MACOSX/._conversations.json", "junk"),
    ),
  );
  const sources = await sourcesOf("chatgpt.zip", handle);
  expect(sources.map(({ name }) => name)).toEqual([
    "chatgpt.zip › export/conversations-000.json",
    "chatgpt.zip › export/conversations-001.json",
  ]);
  expect(sources[0]?.findFile("file-AbC1")?.path).toBe("export/file-AbC1-cat.png");
  expect(sources[0]?.findFile("file_00ff")?.path).toBe("export/dalle-generations/file_00ff.dat");
  expect(sources[0]?.findFile("file-Other")).toBeNull();
  const found: unknown[] = [];
  const [cut] = sources;
  const reading = (async () => {
    if (cut) for await (const value of readConversations(cut)) found.push(value);
  })();
  await expect(reading).rejects.toMatchObject({ problem: "truncated" });
  expect(found).toEqual([{ a: 1 }]);
});

test("a zip without chats is told", async () => {
  const handle = await onDisk(await zipped(file("cat.png", "png")));
  await expect(sourcesOf("a.zip", handle)).rejects.toMatchObject({ problem: "nothing_to_import" });
});
