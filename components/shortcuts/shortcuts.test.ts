import { describe, expect, it } from "vitest";
import { type Chord, capsOf, keysOf, type Place, shortcutIds, shortcutOf, shortcuts } from "./shortcuts.ts";

const plain = { key: "", code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

/** The event that a chord's keys make. */
function pressOf(chord: Chord, mac: boolean): typeof plain {
  return {
    key: "key" in chord.press ? chord.press.key : chord.cap,
    code: "code" in chord.press ? chord.press.code : "",
    ctrlKey: !mac && chord.mod === true,
    metaKey: mac && chord.mod === true,
    shiftKey: chord.shift === true,
    altKey: chord.alt === true,
  };
}

describe.each([true, false])("on a Mac: %s", (mac) => {
  it("every chord is one shortcut's and no other's", () => {
    for (const id of shortcutIds) {
      const chords: readonly Chord[] = shortcuts[id];
      for (const chord of chords) {
        expect(shortcutOf(pressOf(chord, mac), chord.where ?? "field", mac), id).toBe(id);
      }
    }
  });

  it("no two shortcuts are written alike at one place", () => {
    const written = shortcutIds.flatMap((id) => {
      const chords: readonly Chord[] = shortcuts[id];
      return chords.map((chord) => `${capsOf(chord, mac).join(" ")} ${chord.where ?? ""}`);
    });
    expect(new Set(written).size).toBe(written.length);
  });
});

it.each<[Partial<typeof plain>, Place]>([
  [{ key: "?" }, "field"],
  [{ key: "/" }, "field"],
  [{ key: "ArrowUp" }, "field"],
  [{ key: "Escape" }, "field"],
  [{ key: "x" }, "outside"],
  [{ key: "k" }, "field"],
  [{ key: "k", ctrlKey: true, altKey: true }, "outside"],
  [{ key: "k", metaKey: true }, "outside"],
])("%o at %s is left to the page", (press, place) => {
  expect(shortcutOf({ ...plain, ...press }, place, false)).toBeNull();
});

it("the sign counts and not the Shift that a keyboard needs for it", () => {
  expect(shortcutOf({ ...plain, key: "?", shiftKey: true }, "outside", false)).toBe("help");
  expect(shortcutOf({ ...plain, key: "/", shiftKey: true, ctrlKey: true }, "field", false)).toBe("help");
});

it("keys are named as on the computer at hand", () => {
  expect(keysOf("newChat", true)).toEqual(["⌘", "⇧", "O"]);
  expect(keysOf("newChat", false)).toEqual(["Ctrl", "Shift", "O"]);
});
