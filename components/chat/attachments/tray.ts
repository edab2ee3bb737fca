import { atMost } from "#lib/chat/attachments/at-most.ts";
import { detailsOf, type FileKind, type FilePart, kindOf } from "#lib/chat/attachments/file-part.ts";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";
import { asProblem } from "../chat-api.ts";
import type { UploadOptions } from "./upload-file.ts";

export type UploadState =
  | { step: "preparing" }
  /** `share`: how much has left, 0 to 1. */
  | { step: "uploading"; share: number }
  | { step: "ready"; file: FilePart }
  /** `code`: of the server, or `too_large`, `wrong_type`, `unreachable`. */
  | { step: "failed"; code: string; again: boolean };

/** One file beside the message that is being written. */
export interface TrayItem {
  key: string;
  name: string;
  kind: FileKind;
  sizeBytes: number;
  /** An address of the picture, where the browser can show it. */
  picture: string | null;
  /** The text that was pasted, when that is what the file is. */
  pasted: string | null;
  upload: UploadState;
}

export interface TrayTools {
  shrink(file: File): Promise<File>;
  upload(file: File, options: UploadOptions): Promise<FilePart>;
  addressOf(file: File): string;
  revoke(address: string): void;
  /** The ready files have changed. */
  onFiles(files: readonly FilePart[]): void;
}

/** Others, such as HEIC, can be seen once the server has written them anew. */
const shownByBrowsers = /^image\/(png|jpeg|webp|gif|avif)$/;

let lastKey = 0;
const nextKey = () => `file-${++lastKey}`;

interface Running {
  file: File;
  abort: AbortController;
}

/** The files of a message that is being written: each is reduced, sent, and can be removed or tried again. */
export class Tray {
  readonly #tools: TrayTools;
  readonly #listeners = new Set<() => void>();
  readonly #sources = new Map<string, Running>();
  readonly #fewAtOnce = atMost(2);
  #items: readonly TrayItem[] = [];

  constructor(tools: TrayTools) {
    this.#tools = tools;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly TrayItem[] => this.#items;

  /** Takes as many files as a message may still have; gives how many it left out. */
  add(files: readonly File[], pasted: string | null = null): number {
    const room = attachmentLimits.filesPerMessage - this.#items.length;
    for (const file of files.slice(0, Math.max(0, room))) this.#addOne(file, pasted);
    return Math.max(0, files.length - room);
  }

  /** Files that the server has already. */
  restore(files: readonly FilePart[]): void {
    const known = new Set(
      this.#items.flatMap(({ upload }) => (upload.step === "ready" ? [upload.file.url] : [])),
    );
    const added = files.filter((file) => !known.has(file.url)).map(asReady);
    if (added.length > 0) this.#set([...added, ...this.#items].slice(0, attachmentLimits.filesPerMessage));
  }

  remove(key: string): void {
    this.#forget(key);
    this.#set(this.#items.filter((item) => item.key !== key));
  }

  clear(): void {
    for (const { key } of this.#items) this.#forget(key);
    this.#set([]);
  }

  retry(key: string): void {
    const source = this.#sources.get(key);
    if (source) void this.#send(key, source.file);
  }

  #addOne(file: File, pasted: string | null): void {
    const key = nextKey();
    const kind = kindOf(file.type || "text/plain");
    const problem = refusalOf(file, kind);
    const picture = kind === "image" ? this.#tools.addressOf(file) : null;
    const upload: UploadState = problem ?? { step: "preparing" };
    this.#set([
      ...this.#items,
      { key, name: file.name, kind, sizeBytes: file.size, picture, pasted, upload },
    ]);
    if (!problem) void this.#send(key, file);
  }

  async #send(key: string, file: File): Promise<void> {
    const abort = new AbortController();
    this.#sources.set(key, { file, abort });
    this.#change(key, { upload: { step: "preparing" } });
    try {
      const ready = await this.#fewAtOnce(async () => {
        abort.signal.throwIfAborted();
        const prepared = await this.#tools.shrink(file);
        this.#change(key, { upload: { step: "uploading", share: 0 } });
        return this.#tools.upload(prepared, {
          signal: abort.signal,
          onProgress: (share) => this.#change(key, { upload: { step: "uploading", share } }),
        });
      });
      if (!this.#sources.delete(key)) return;
      if (kindOf(ready.mediaType) === "image" && !shownByBrowsers.test(file.type)) {
        this.#freePicture(key);
        this.#change(key, { picture: ready.url });
      }
      this.#change(key, {
        name: ready.filename,
        kind: kindOf(ready.mediaType),
        sizeBytes: detailsOf(ready).sizeBytes,
        upload: { step: "ready", file: ready },
      });
    } catch (error) {
      if (abort.signal.aborted) return;
      const { code, details } = asProblem(error);
      const again = details.status < 400 || details.status >= 500 || details.status === 401;
      this.#change(key, { upload: { step: "failed", code, again } });
    }
  }

  #forget(key: string): void {
    this.#sources.get(key)?.abort.abort();
    this.#sources.delete(key);
    this.#freePicture(key);
  }

  #freePicture(key: string): void {
    const picture = this.#items.find((item) => item.key === key)?.picture;
    if (picture?.startsWith("blob:")) this.#tools.revoke(picture);
  }

  #change(key: string, change: Partial<TrayItem>): void {
    this.#set(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #set(items: readonly TrayItem[]): void {
    const before = readyFiles(this.#items);
    this.#items = items;
    for (const listener of this.#listeners) listener();
    const now = readyFiles(items);
    if (now.length !== before.length || now.some((file, index) => file !== before[index]))
      this.#tools.onFiles(now);
  }
}

/** The files that can be sent with the message. */
export function readyFiles(items: readonly TrayItem[]): FilePart[] {
  return items.flatMap(({ upload }) => (upload.step === "ready" ? [upload.file] : []));
}

function asReady(file: FilePart): TrayItem {
  const kind = kindOf(file.mediaType);
  return {
    key: nextKey(),
    name: file.filename,
    kind,
    sizeBytes: detailsOf(file).sizeBytes,
    picture: kind === "image" ? file.url : null,
    pasted: null,
    upload: { step: "ready", file },
  };
}

/** What can be told without the server. A text's type is not: browsers name few of them. */
function refusalOf(file: File, kind: FileKind): UploadState | null {
  if (/^(video|audio|font)\//.test(file.type)) return { step: "failed", code: "wrong_type", again: false };
  const most = attachmentLimits[`${kind}Bytes`];
  return file.size > most ? { step: "failed", code: "too_large", again: false } : null;
}
