import type { MessageParts, StoredMessage } from "../message.ts";
import { detailsOf, type FilePart, filesOf, kindOf } from "./file-part.ts";

/** What a file holds for the model; null when it is not there any more. */
export type LoadedFile = { bytes: Uint8Array } | { text: string } | null;

/** How many bytes of pictures a request may carry: in base64 they and the text stay below the gateway's 32 MiB. */
const pictureBytes = 18 * 1_048_576;

/**
 * The messages with what their files hold in place of our addresses: pictures as data URIs, texts with their names. When
 * a long chat has more pictures than one request carries, the oldest are told of in words.
 */
export async function showFiles(
  path: readonly StoredMessage[],
  load: (file: FilePart) => Promise<LoadedFile>,
): Promise<StoredMessage[]> {
  let room = pictureBytes;
  const shown: StoredMessage[] = [];
  for (const message of path.toReversed()) {
    const parts: MessageParts = [];
    for (const part of message.parts.toReversed()) {
      const [file] = filesOf([part]);
      if (!file) {
        parts.unshift(part);
        continue;
      }
      const fits = kindOf(file.mediaType) !== "image" || detailsOf(file).sizeBytes <= room;
      const loaded = fits ? await load(file) : null;
      if (loaded && "bytes" in loaded) room -= loaded.bytes.length;
      parts.unshift(fits ? shownAs(file, loaded) : leftOut(file));
    }
    shown.unshift({ ...message, parts });
  }
  return shown;
}

function shownAs(file: FilePart, loaded: LoadedFile): MessageParts[number] {
  if (loaded === null)
    return said(`[The file "${file.filename}" was attached here and is not available any more.]`);
  if ("bytes" in loaded) {
    const url = `data:${file.mediaType};base64,${Buffer.from(loaded.bytes).toString("base64")}`;
    return { type: "file", mediaType: file.mediaType, filename: file.filename, url };
  }
  const { pages, truncated } = detailsOf(file);
  const about = [
    `name="${file.filename}"`,
    ...(pages === undefined ? [] : [`pages="${pages}"`]),
    ...(truncated ? ['cut="the file holds more text than is shown here"'] : []),
  ].join(" ");
  const text = loaded.text.trim() === "" ? "(No text could be taken out of this file.)" : loaded.text;
  return said(`<file ${about}>\n${text}\n</file>`);
}

function leftOut(file: FilePart): MessageParts[number] {
  return said(`[An earlier picture, "${file.filename}", is left out here because this chat has too many.]`);
}

function said(text: string): MessageParts[number] {
  return { type: "text", text };
}
