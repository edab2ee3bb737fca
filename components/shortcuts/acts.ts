import { useEffect, useRef } from "react";
import type { ShortcutId } from "./shortcuts.ts";

/** What the open page can do when a shortcut or the palette asks for it. */
export type ActId = ShortcutId | "share" | "exportMarkdown" | "exportJson" | "thinkingOn" | "thinkingOff";

export type Acts = Partial<Record<ActId, () => void>>;

const offered: (() => Acts)[] = [];

/** What can be done now; of two parts of the page that offer the same act the later one has it. */
export function currentActs(): Acts {
  return Object.assign({}, ...offered.map((read) => read()));
}

/** Offers acts for as long as the component is on the page. */
export function useActs(acts: Acts): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const read = () => latest.current;
    offered.push(read);
    return () => {
      offered.splice(offered.indexOf(read), 1);
    };
  }, []);
}
