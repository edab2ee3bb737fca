import type { LoggedRequest } from "#lib/usage/logged-request.ts";

/** What a question about the newest of a log is answered with. */
export interface ArrivedRequests {
  /** Newest first; some may be known already. */
  requests: readonly LoggedRequest[];
  running: readonly string[];
  /** Whether older ones are missing between these and what is known. */
  more: boolean;
  newest: string | null;
}

/** A log that is followed. */
export interface TailState {
  /** Newest first. */
  rows: readonly LoggedRequest[];
  /** What has come while the person reads further down, newest first. */
  waiting: readonly LoggedRequest[];
  /** Whether some are missing between what waits and the rows. */
  gap: boolean;
  /** Requests whose end is waited for. */
  running: readonly string[];
  /** When the newest request known came. */
  newest: string;
  /** Whether the rows end before those that the page began with. */
  cut: boolean;
}

/** Rows kept at most; older ones are on the next page. */
export const mostRows = 200;

export function beginTail(rows: readonly LoggedRequest[], beganAt: string): TailState {
  const running = rows.filter(({ status }) => status === "reserved").map(({ id }) => id);
  return { rows, waiting: [], gap: false, running, newest: rows[0]?.createdAt ?? beganAt, cut: false };
}

/** The log with what has come; with `hold` new rows wait, so that nothing moves under the reader. */
export function takeIn(state: TailState, arrived: ArrivedRequests, hold: boolean): TailState {
  const newest = arrived.newest !== null && arrived.newest > state.newest ? arrived.newest : state.newest;
  const next = { ...state, newest, running: arrived.running };
  if (arrived.more && !hold) return { ...next, rows: arrived.requests, waiting: [], cut: true };
  const byId = new Map(arrived.requests.map((request) => [request.id, request]));
  const known = new Set([...state.rows, ...state.waiting].map(({ id }) => id));
  const refreshed = (rows: readonly LoggedRequest[]) => rows.map((row) => byId.get(row.id) ?? row);
  const fresh = arrived.requests.filter(({ id }) => !known.has(id));
  if (hold) {
    const rows = refreshed(state.rows);
    if (arrived.more) return { ...next, rows, waiting: arrived.requests, gap: true };
    const waiting = newestFirst([...fresh, ...refreshed(state.waiting)]);
    return {
      ...next,
      rows,
      waiting: waiting.slice(0, mostRows),
      gap: state.gap || waiting.length > mostRows,
    };
  }
  return bounded({ ...next, rows: newestFirst([...fresh, ...refreshed(state.rows)]) });
}

/** The log once what waits is shown. */
export function showWaiting(state: TailState): TailState {
  if (state.gap) return { ...state, rows: state.waiting, waiting: [], gap: false, cut: true };
  return bounded({ ...state, rows: newestFirst([...state.waiting, ...state.rows]), waiting: [] });
}

function bounded(state: TailState): TailState {
  if (state.rows.length <= mostRows) return state;
  return { ...state, rows: state.rows.slice(0, mostRows), cut: true };
}

function newestFirst(rows: readonly LoggedRequest[]): LoggedRequest[] {
  return rows.toSorted((a, b) =>
    a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
  );
}
