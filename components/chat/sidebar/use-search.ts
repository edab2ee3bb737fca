"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { sidebarApi } from "./sidebar-api.ts";
import type { SearchHit } from "./sidebar-schemas.ts";

interface Found {
  hits: readonly SearchHit[];
  nextCursor: string | null;
  state: "loading" | "done" | "failed";
  /** The query that the hits answer. */
  answered: string;
}

const pauseMs = 150;
const nothing: Found = { hits: [], nextCursor: null, state: "loading", answered: "" };

/** Searches for what is typed, a moment after the last key; what was found before stays until the next answer. */
export function useSearch(query: string): Found & { more: () => void } {
  const [found, setFound] = useState<Found>(nothing);
  const turn = useRef(0);

  const load = useCallback(async (wanted: string, cursor: string | null) => {
    const mine = ++turn.current;
    setFound((before) => ({ ...before, state: "loading" }));
    try {
      const page = await sidebarApi.search(wanted, cursor);
      if (mine !== turn.current) return;
      setFound((before) => ({
        hits: cursor === null ? page.hits : [...before.hits, ...page.hits],
        nextCursor: page.nextCursor,
        state: "done",
        answered: wanted,
      }));
    } catch {
      if (mine === turn.current) setFound((before) => ({ ...before, state: "failed" }));
    }
  }, []);

  const wanted = query.trim();
  useEffect(() => {
    const timer = setTimeout(() => void load(wanted, null), pauseMs);
    return () => {
      clearTimeout(timer);
      turn.current += 1;
    };
  }, [load, wanted]);

  const more = () => void load(wanted, found.answered === wanted ? found.nextCursor : null);
  return { ...found, more };
}
