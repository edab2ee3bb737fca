"use client";

import dynamic from "next/dynamic";
import {
  type ComponentType,
  type ReactNode,
  Suspense,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";

/** A component that is fetched apart from the page. */
export interface Source<Props extends object> {
  /** Fetches it, so that it is here when it is drawn. */
  fetch(): Promise<unknown>;
  /** Null until it has been fetched. */
  here(): ComponentType<Props> | null;
  subscribe(listener: () => void): () => void;
  /** As the server draws it. */
  Later: ComponentType<Props>;
}

export function fetchedFrom<Props extends object>(load: () => Promise<ComponentType<Props>>): Source<Props> {
  let here: ComponentType<Props> | null = null;
  const listeners = new Set<() => void>();
  async function fetch(): Promise<ComponentType<Props>> {
    here = await load();
    for (const listener of listeners) listener();
    return here;
  }
  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  return { fetch, here: () => here, subscribe, Later: dynamic<Props>(fetch) };
}

const never = () => () => undefined;
const nothing = () => null;

export interface FetchedProps<Props extends object> {
  from: Source<Props>;
  props: Props;
  /** Stands in for it until it is here. */
  children: ReactNode;
}

/**
 * Draws a component that is fetched apart: at once where it is here already, else as soon as it has come. `lazy` shows its stand-in even
 * then, and React shows nothing within 300 ms of the last stand-in. Only what the server has drawn comes alive by `lazy`.
 */
export function Fetched<Props extends object>({ from, props, children }: FetchedProps<Props>) {
  const hydrating = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const [byServer] = useState(hydrating);
  if (!byServer) return <Coming from={from} props={props} standIn={children} />;
  return (
    <Suspense fallback={children}>
      <from.Later {...props} />
    </Suspense>
  );
}

interface ComingProps<Props extends object> {
  from: Source<Props>;
  props: Props;
  standIn: ReactNode;
}

function Coming<Props extends object>({ from, props, standIn }: ComingProps<Props>) {
  const Now = useSyncExternalStore<ComponentType<Props> | null>(from.subscribe, from.here, nothing);
  const [, fail] = useState(null);
  const missing = Now === null;
  useEffect(() => {
    if (!missing) return;
    from.fetch().catch((error: unknown) =>
      // Thrown while drawing, so that the page's boundary tells it.
      fail(() => {
        throw error;
      }),
    );
  }, [from, missing]);
  return Now ? <Now {...props} /> : standIn;
}
