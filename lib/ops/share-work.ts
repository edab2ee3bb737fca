import { perProcess } from "./per-process.ts";

/**
 * Work that is done once for all who ask for it while it is under way, in the whole process: who comes with the same key gets the same
 * result or failure. What it depends on is read inside it: read before asking, it may be older than the end of what was under way.
 */
export function shareWork<T>(name: string): (key: string, work: () => Promise<T>) => Promise<T> {
  const held = perProcess<Map<string, Promise<T>>>(name);
  return (key, work) => {
    const running = held.get() ?? new Map<string, Promise<T>>();
    held.set(running);
    const started = running.get(key);
    if (started) return started;
    const begun = work().finally(() => running.delete(key));
    running.set(key, begun);
    return begun;
  };
}
