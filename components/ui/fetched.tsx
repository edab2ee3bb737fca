"use client";

import dynamic from "next/dynamic";
import { type ComponentType, useState, useSyncExternalStore } from "react";

/** A component that is fetched apart from the page. */
export interface Source<Props extends object> {
  /** Fetches it, so that it is here when it is drawn. */
  fetch(): Promise<unknown>;
  /** Null until it has been fetched. */
  here(): ComponentType<Props> | null;
  Later: ComponentType<Props>;
}

export function fetchedFrom<Props extends object>(load: () => Promise<ComponentType<Props>>): Source<Props> {
  let here: ComponentType<Props> | null = null;
  async function fetch(): Promise<ComponentType<Props>> {
    here = await load();
    return here;
  }
  return { fetch, here: () => here, Later: dynamic<Props>(fetch) };
}

const never = () => () => undefined;

/**
 * Draws a component that is here already at once: `lazy` shows what stands in for it even then, and React holds back what replaces that
 * for 300 ms. Stands inside a `Suspense` for when it is not here.
 */
export function Fetched<Props extends object>({ from, props }: { from: Source<Props>; props: Props }) {
  // What comes alive must be what the server has drawn.
  const hydrating = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  // Chosen once: to become another component later would be to begin anew.
  const [Now] = useState(() => (hydrating ? null : from.here()));
  return Now ? <Now {...props} /> : <from.Later {...props} />;
}
