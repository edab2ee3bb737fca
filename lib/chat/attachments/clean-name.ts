import { storableText } from "#lib/ops/storable-text.ts";
import { kindOf } from "./file-part.ts";

const maxChars = 150;
const extensions: Record<string, readonly string[]> = {
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/webp": ["webp"],
  "application/pdf": ["pdf"],
};

/** A file's name without folders and control characters, its ending that of what is stored. */
export function cleanName(given: string, mediaType: string): string {
  const bare = storableText(given)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069"<>]/g, "")
    .split(/[\\/]/)
    .at(-1)
    ?.trim();
  const name = bare || kindOf(mediaType);
  const endings = extensions[mediaType];
  const [, stem = name, ending = ""] = /^(.+)\.([^.]{1,10})$/.exec(name) ?? [];
  if (!endings) return shorten(stem, ending);
  const fits = endings.includes(ending.toLowerCase());
  return shorten(stem, fits ? ending : (endings[0] ?? ""));
}

function shorten(stem: string, ending: string): string {
  const room = maxChars - ending.length - 1;
  const kept = stem.length > room ? `${stem.slice(0, room - 1)}…`.toWellFormed() : stem;
  return ending === "" ? kept : `${kept}.${ending}`;
}
