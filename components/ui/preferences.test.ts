import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { preferencesScript } from "./preferences.ts";

/** A page as far as the script looks at it: what is remembered, whether the screen is dark, what it set on <html>. */
function makePage(remembered: Record<string, string>, darkScreen: boolean) {
  const classes = new Set<string>();
  const attributes = new Map<string, string>();
  const listeners = new Map<string, () => void>();
  const listen = (name: string, listener: () => void) => listeners.set(name, listener);
  const screen = { matches: darkScreen, addEventListener: listen };
  const page = {
    document: {
      documentElement: {
        classList: { toggle: (name: string, on: boolean) => (on ? classes.add(name) : classes.delete(name)) },
        setAttribute: (name: string, value: string) => attributes.set(name, value),
      },
    },
    matchMedia: () => screen,
    localStorage: { getItem: (key: string) => remembered[key] ?? null },
    addEventListener: listen,
  };
  runInNewContext(preferencesScript, page);
  return { classes, attributes, screen, remembered, happens: (name: string) => listeners.get(name)?.() };
}

describe("the script before the first paint, as the text that stands in the page", () => {
  it.each([
    [{}, false, false],
    [{}, true, true],
    [{ theme: "system" }, true, true],
    [{ theme: "dark" }, false, true],
    [{ theme: "light" }, true, false],
  ])("%j on a screen that is dark: %s", (remembered, darkScreen, dark) => {
    expect(makePage(remembered, darkScreen).classes.has("dark")).toBe(dark);
  });

  it("knows the rail, and hears of each change", () => {
    const page = makePage({ rail: "narrow" }, false);
    expect(page.attributes.get("data-rail")).toBe("narrow");
    page.remembered.rail = "wide";
    page.happens("preferences");
    expect(page.attributes.get("data-rail")).toBe("wide");
    page.screen.matches = true;
    page.happens("change");
    expect(page.classes.has("dark")).toBe(true);
  });
});
