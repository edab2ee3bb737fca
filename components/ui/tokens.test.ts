import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

function readTokens(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** Relative luminance after WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["background", "surface", "raised", "overlay"];
const inks = ["foreground", "muted", "faint", "accent", "positive", "warning", "danger"];
const states = ["accent", "positive", "warning", "danger"];
const charts = [1, 2, 3, 4, 5, 6].map((hue) => `chart-${hue}`);

const cross = (tops: string[], unders: string[], least: number) =>
  tops.flatMap((top) => unders.map((under) => [top, under, least] as const));

const pairs = [
  ...cross(inks, grounds, 4.5),
  ...states.map((state) => [state, `${state}-soft`, 4.5] as const),
  ...cross(
    ["foreground"],
    states.map((state) => `${state}-soft`),
    4.5,
  ),
  ...cross(["accent-foreground"], ["accent", "accent-strong"], 4.5),
  ...cross(["danger-foreground"], ["danger", "danger-strong"], 4.5),
  ...cross(["accent-strong"], grounds, 4.5),
  ...cross(["control", "ring"], grounds, 3),
  ...cross(charts, ["background", "surface", "overlay"], 3),
];

describe.each([
  ["light", ":root"],
  ["dark", ".dark"],
])("in the %s theme", (_theme, selector) => {
  const tokens = readTokens(selector);
  it.each(pairs)("%s stands out from %s at least %d : 1", (top, under, least) => {
    const [over, ground] = [tokens.get(top), tokens.get(under)];
    if (!over || !ground) throw new Error(`globals.css lacks ${top} or ${under}`);
    expect(contrast(over, ground)).toBeGreaterThanOrEqual(least);
  });
});

it("both themes define the same tokens", () => {
  expect([...readTokens(".dark").keys()]).toEqual([...readTokens(":root").keys()]);
});
