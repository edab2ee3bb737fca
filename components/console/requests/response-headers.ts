import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { tracedHeaders } from "#lib/usage/request-trace.ts";
import { errorTable, isRetryable } from "#lib/wire/errors.ts";

/** The headers of the response that tell something of the call, as the client got them; none where it got no response. */
export function responseHeaders(request: MeteredRequest): [name: string, value: string][] {
  const { id, status, upstream, attempts, trace } = request;
  if (status === "reserved" || status === "aborted" || !trace) return [];
  const traced = tracedHeaders.flatMap((name, index): [string, string][] => {
    const value = trace.headers[index];
    return value === null || value === undefined ? [] : [[name, value]];
  });
  return [
    ["x-request-id", id],
    ...(upstream === null ? [] : ([["x-aig-provider", upstream]] satisfies [string, string][])),
    ...(attempts === 0 ? [] : ([["x-aig-attempts", String(attempts)]] satisfies [string, string][])),
    ...traced,
    ...failureHeaders(request),
  ];
}

/** A failure told inside a stream that had begun has no headers of its own. */
function failureHeaders({ errorCode, httpStatus, trace }: MeteredRequest): [string, string][] {
  const code = Object.keys(errorTable).find((known): known is keyof typeof errorTable => known === errorCode);
  if (code === undefined || httpStatus === 200) return [];
  return [
    ...(trace?.retryAfterS == null
      ? []
      : ([["retry-after", String(trace.retryAfterS)]] satisfies [string, string][])),
    ...(isRetryable(code) ? [] : ([["x-should-retry", "false"]] satisfies [string, string][])),
  ];
}
