import type { FileHandle } from "node:fs/promises";
import { splitJson, UnreadableFile } from "./split-json.ts";
import { openZip, type PackedFile, type UnpackLimits } from "./unpack.ts";

/** A JSON file to be imported, and the files that its messages may show. */
export interface ImportSource {
  /** As the report names it. */
  name: string;
  read(): AsyncIterable<Uint8Array>;
  /** By the name that a message has for it. */
  findFile(name: string): PackedFile | null;
  /** What it holds: chats, the folders they stand in, or the person's prompts. */
  holds: "chats" | "folders" | "prompts";
}

const shards = /(^|\/)conversations(-\d+)?\.json$/i;
const ownFolders = /(^|\/)folders\.json$/i;
const ownPrompts = /(^|\/)prompts\.json$/i;
/** What else our export says in JSON, that is not taken back. */
const ownRecords = /(^|\/)(account|keys|shares)\.json$/i;
const ownChats = /(^|\/)(chats\/[^/]+|chat)\.json$/i;

/**
 * What of an upload is to be read: itself, or the conversations in a zip.
 * @throws UnreadableFile
 */
export async function sourcesOf(
  name: string,
  handle: FileHandle,
  limits?: UnpackLimits,
): Promise<ImportSource[]> {
  if (!(await isZip(handle))) {
    return [
      {
        name,
        read: () => handle.createReadStream({ start: 0, autoClose: false }),
        findFile: () => null,
        holds: "chats",
      },
    ];
  }
  const files = await openZip(handle, limits);
  const findFile = fileFinder(files);
  const json = files.filter(({ path }) => /\.json$/i.test(path) && !/(^|\/)__MACOSX\//.test(path));
  const known = json.filter(({ path }) => shards.test(path) || ownChats.test(path));
  const beside = json.filter(({ path }) => ownFolders.test(path) || ownPrompts.test(path));
  const others = json.filter((file) => !beside.includes(file) && !ownRecords.test(file.path));
  const chosen = (known.length > 0 ? known : others).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (chosen.length === 0 && beside.length === 0) throw new UnreadableFile("nothing_to_import");
  return [
    // Before the chats, so that folders come in their order.
    ...beside.map(({ path, read }) => ({
      name,
      read,
      findFile,
      holds: ownFolders.test(path) ? ("folders" as const) : ("prompts" as const),
    })),
    ...chosen.map(({ path, read }) => ({
      // All chats of our own export are one thing to the person.
      name: ownChats.test(path) ? name : `${name} › ${path}`,
      read,
      findFile,
      holds: "chats" as const,
    })),
  ];
}

async function isZip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(4), 0, 4, 0);
  const head = Buffer.from(buffer.subarray(0, bytesRead)).toString("latin1");
  return head === "PK\x03\x04" || head === "PK\x05\x06";
}

/** Our own exports name a file by its path; ChatGPT's by an id that the name of the file in the zip begins with. */
function fileFinder(files: readonly PackedFile[]): ImportSource["findFile"] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const byId = new Map(
    files.flatMap((file) => {
      const id = /(?:^|\/)(file[-_][A-Za-z0-9]+)[^/]*$/.exec(file.path)?.[1];
      return id === undefined ? [] : [[id, file] as const];
    }),
  );
  return (name) => byPath.get(name) ?? byId.get(name) ?? null;
}

/** The largest single conversation, in bytes of JSON. */
const maxConversationBytes = 32 * 1024 ** 2;

/** The conversations of a source, as parsed JSON; `undefined` where it is not JSON, null where it is too long to be read. */
export async function* readConversations(source: ImportSource): AsyncGenerator<unknown> {
  for await (const { text } of splitJson(source.read(), { maxBytes: maxConversationBytes })) {
    yield text === null ? null : parsed(text);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
