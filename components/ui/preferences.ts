/**
 * What this browser remembers of the interface: `theme` (light, dark or system) and `rail` (wide or narrow), both in
 * localStorage. `keepPreferences` alone applies them to <html>; it runs before the first paint and again on each change.
 */
export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

export const railStates = ["wide", "narrow"] as const;
export type RailState = (typeof railStates)[number];

const changed = "preferences";

/** Runs in the page by itself, as text before the first paint: it may use nothing but its argument. */
export function keepPreferences(changedEvent: string): void {
  const root = document.documentElement;
  const darkScreen = matchMedia("(prefers-color-scheme: dark)");
  const read = (key: string) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return root.getAttribute(`data-${key}`);
    }
  };
  const apply = () => {
    const theme = read("theme");
    root.classList.toggle("dark", theme === "dark" || (theme !== "light" && darkScreen.matches));
    root.setAttribute("data-rail", read("rail") === "narrow" ? "narrow" : "wide");
  };
  apply();
  darkScreen.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener(changedEvent, apply);
}

export const preferencesScript = `(${keepPreferences})("${changed}")`;

/** For a page that was not built on the server, where the script is only text: its preferences are kept from here on. */
export function keepPreferencesUnlessKept(): void {
  if (!document.documentElement.hasAttribute("data-rail")) keepPreferences(changed);
}

export function readTheme(): Theme {
  return themes.find((theme) => theme === read("theme")) ?? "system";
}

export function readRail(): RailState {
  return railStates.find((state) => state === read("rail")) ?? "wide";
}

export function writeTheme(theme: Theme): void {
  write("theme", theme);
}

export function writeRail(state: RailState): void {
  write("rail", state);
}

export function watchPreferences(listener: () => void): () => void {
  window.addEventListener("storage", listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener("storage", listener);
    window.removeEventListener(changed, listener);
  };
}

// A browser that blocks storage keeps the choice on <html> for as long as the page lives.
function read(key: "theme" | "rail"): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return document.documentElement.getAttribute(`data-${key}`);
  }
}

function write(key: "theme" | "rail", value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    document.documentElement.setAttribute(`data-${key}`, value);
  }
  window.dispatchEvent(new Event(changed));
}
