import { useEffect, useEffectEvent, useState } from "react";
import { callApi } from "#components/forms/call-api.ts";
import type { LoggedRequest } from "#lib/usage/logged-request.ts";
import { type UsageParams, usageHref } from "../usage/usage-href.ts";
import { parseArrived } from "./arrived-schema.ts";
import { beginTail, showWaiting, type TailState, takeIn } from "./log-tail.ts";

const everyMs = 2_000;
const afterFailureMs = 10_000;
/** So many ids fit into an address. */
const mostWatched = 100;

export interface LogTailOptions {
  on: boolean;
  tailPath: string;
  /** What the page was built with. */
  rows: readonly LoggedRequest[];
  /** When it was built, ISO 8601. */
  builtAt: string;
  /** The range's filters. */
  params: UsageParams;
  /** Whether new rows have to wait, so that nothing moves under the reader. */
  isReadingOn(): boolean;
}

export interface FollowedLog {
  state: TailState;
  /** Why it is not current; null while all is well. */
  failure: string | null;
  showWaiting(): void;
}

/** Follows a log while `on`: one question every two seconds, none while the page is hidden. */
export function useLogTail({
  on,
  tailPath,
  rows,
  builtAt,
  params,
  isReadingOn,
}: LogTailOptions): FollowedLog {
  const [state, setState] = useState(() => beginTail(rows, builtAt));
  const [pageRows, setPageRows] = useState(rows);
  if (pageRows !== rows) {
    // The page was fetched anew. A log that is followed is current without it, and must not move under the reader.
    setPageRows(rows);
    if (!on) setState(beginTail(rows, builtAt));
  }
  const [failure, setFailure] = useState<string | null>(null);

  const ask = useEffectEvent(async (): Promise<number> => {
    const href = usageHref(tailPath, params, {
      since: state.newest,
      watch: state.running.slice(0, mostWatched),
    });
    const answer = await callApi("GET", href, undefined, parseArrived);
    setFailure(answer.ok ? null : answer.message);
    if (!answer.ok) return afterFailureMs;
    setState((before) => takeIn(before, answer.data, isReadingOn()));
    return everyMs;
  });

  useEffect(() => {
    if (!on) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let asking = false;
    const tick = async () => {
      if (asking || ended || document.visibilityState === "hidden") return;
      asking = true;
      const waitMs = await ask();
      asking = false;
      if (!ended) timer = setTimeout(tick, waitMs);
    };
    const onVisible = () => {
      clearTimeout(timer);
      void tick();
    };
    void tick();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [on]);

  return {
    state,
    failure: on ? failure : null,
    showWaiting: () => setState(showWaiting),
  };
}
