import fc from "fast-check";
import { expect, test } from "vitest";
import { filterCommands } from "./filter-commands.ts";

const commands = [
  { label: "New chat" },
  { label: "Rename this chat" },
  { label: "Theme: dark", words: "colour night" },
  { label: "Chat with nobody" },
  { label: "设置：语言", words: "language" },
  { label: "Café" },
];
const labels = (query: string) => filterCommands(commands, query).map(({ label }) => label);

test("names that begin with the query come first, then those in which a word does", () => {
  expect(labels("chat")).toEqual(["Chat with nobody", "New chat", "Rename this chat"]);
});

test("every word must be there, in the name or among its other words", () => {
  expect(labels("dark theme")).toEqual(["Theme: dark"]);
  expect(labels("night")).toEqual(["Theme: dark"]);
  expect(labels("chat nothing")).toEqual([]);
});

test("accents, case and scripts are no obstacle", () => {
  expect(labels("CAFE")).toEqual(["Café"]);
  expect(labels("语言")).toEqual(["设置：语言"]);
});

test("what is found is always a part of what there is, each once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ label: fc.string(), words: fc.string() })),
      fc.string(),
      (all, query) => {
        const found = filterCommands(all, query);
        expect(new Set(found).size).toBe(found.length);
        expect(found.every((command) => all.includes(command))).toBe(true);
      },
    ),
  );
});
