/** One press of keys. `mod` is Cmd on a Mac and Ctrl elsewhere. */
export interface Chord {
  mod?: true;
  shift?: true;
  alt?: true;
  /** `KeyboardEvent.code` where the place on the keyboard counts, else `KeyboardEvent.key`. */
  press: { code: string } | { key: string };
  /** What stands on the key. */
  cap: string;
  /** `outside`: only while nothing is being typed; `emptyComposer`: only in the composer before a word is written. */
  where?: "outside" | "emptyComposer";
}

/** Every shortcut of the product. The listener, the help sheet, the palette and the tooltips derive from this table. */
export const shortcuts = {
  palette: [{ mod: true, press: { key: "k" }, cap: "K" }],
  help: [
    { mod: true, press: { key: "/" }, cap: "/" },
    { press: { key: "?" }, cap: "?", where: "outside" },
  ],
  newChat: [{ mod: true, shift: true, press: { code: "KeyO" }, cap: "O" }],
  search: [{ press: { key: "/" }, cap: "/", where: "outside" }],
  sidebar: [{ mod: true, shift: true, press: { code: "KeyS" }, cap: "S" }],
  previousChat: [{ alt: true, press: { key: "ArrowUp" }, cap: "↑" }],
  nextChat: [{ alt: true, press: { key: "ArrowDown" }, cap: "↓" }],
  focusComposer: [{ shift: true, press: { key: "Escape" }, cap: "Esc" }],
  // The composer itself takes the slash (components/prompts).
  prompts: [{ press: { key: "/" }, cap: "/", where: "emptyComposer" }],
  editLast: [{ press: { key: "ArrowUp" }, cap: "↑", where: "emptyComposer" }],
  stop: [
    { mod: true, press: { key: "." }, cap: "." },
    // Not where something is written: there Esc gives that up.
    { press: { key: "Escape" }, cap: "Esc", where: "outside" },
    { press: { key: "Escape" }, cap: "Esc", where: "emptyComposer" },
  ],
  copyAnswer: [{ mod: true, shift: true, press: { code: "KeyC" }, cap: "C" }],
  nextRow: [{ press: { key: "j" }, cap: "J", where: "outside" }],
  previousRow: [{ press: { key: "k" }, cap: "K", where: "outside" }],
  regenerate: [{ mod: true, shift: true, press: { code: "KeyE" }, cap: "E" }],
} as const satisfies Record<string, readonly Chord[]>;

export type ShortcutId = keyof typeof shortcuts;

export const shortcutIds = Object.keys(shortcuts).filter((id): id is ShortcutId => id in shortcuts);

export type Place = "outside" | "emptyComposer" | "field";

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** The shortcut that a press of keys stands for at a place; null for none. */
export function shortcutOf(event: Press, place: Place, mac: boolean): ShortcutId | null {
  return shortcutIds.find((id) => shortcuts[id].some((chord) => fits(chord, event, place, mac))) ?? null;
}

function fits(chord: Chord, event: Press, place: Place, mac: boolean): boolean {
  if (chord.where !== undefined && chord.where !== place) return false;
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || mod !== (chord.mod ?? false) || event.altKey !== (chord.alt ?? false)) return false;
  if ("code" in chord.press)
    return event.shiftKey === (chord.shift ?? false) && event.code === chord.press.code;
  // A sign such as "?" may need Shift on one keyboard and none on another; a named key or a letter does not.
  const sign = /^[^\p{L}\p{N}]$/u.test(chord.press.key);
  const shiftFits = sign || event.shiftKey === (chord.shift ?? false);
  return shiftFits && event.key.toLowerCase() === chord.press.key.toLowerCase();
}

/** A shortcut's keys as they are written on this kind of computer, the first of its chords. */
export function keysOf(id: ShortcutId, mac: boolean): readonly string[] {
  const [chord]: readonly Chord[] = shortcuts[id];
  return chord ? capsOf(chord, mac) : [];
}

export function capsOf(chord: Chord, mac: boolean): readonly string[] {
  return [
    ...(chord.mod ? [mac ? "⌘" : "Ctrl"] : []),
    ...(chord.alt ? [mac ? "⌥" : "Alt"] : []),
    ...(chord.shift ? [mac ? "⇧" : "Shift"] : []),
    chord.cap,
  ];
}
