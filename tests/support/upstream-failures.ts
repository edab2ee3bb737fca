import { json, type MockAnswer, refuse, text } from "./mock-upstream.ts";

export const overloaded = {
  error: { message: "The engine is currently overloaded", type: "engine_overloaded_error" },
};
const noQuota = {
  error: { message: "Incorrect API key sk-upstream-secret", type: "exceeded_current_quota_error" },
};
const tooLong = {
  error: { message: "Your request exceeded model token limit: 262144", type: "invalid_request_error" },
};
export const badTool = {
  error: { message: "function name f is duplicated", type: "invalid_request_error", param: "tools" },
};

/** An upstream's answer and what it must become for the caller, after how many tries. */
export interface UpstreamFailureCase {
  what: string;
  answer: MockAnswer;
  status: number;
  code: string;
  tries: number;
}

export const upstreamFailures: readonly UpstreamFailureCase[] = [
  {
    what: "400 is the caller's, in the upstream's words",
    answer: json(400, badTool),
    status: 400,
    code: "invalid_request",
    tries: 1,
  },
  { what: "422 is the caller's", answer: json(422, badTool), status: 400, code: "invalid_request", tries: 1 },
  {
    what: "an input too long for the model",
    answer: json(400, tooLong),
    status: 400,
    code: "context_length_exceeded",
    tries: 1,
  },
  { what: "401", answer: json(401, noQuota), status: 502, code: "upstream_error", tries: 1 },
  { what: "402", answer: json(402, noQuota), status: 502, code: "upstream_error", tries: 1 },
  { what: "403", answer: json(403, noQuota), status: 502, code: "upstream_error", tries: 1 },
  {
    what: "404, flat",
    answer: json(404, { code: 5, error: "url.not_found", message: "no" }),
    status: 502,
    code: "upstream_error",
    tries: 1,
  },
  {
    what: "429 of a spent balance is not tried again",
    answer: json(429, noQuota),
    status: 502,
    code: "upstream_error",
    tries: 1,
  },
  {
    what: "429 is tried again",
    answer: json(429, overloaded),
    status: 503,
    code: "upstream_unavailable",
    tries: 3,
  },
  {
    what: "429 with a long Retry-After is passed on at once",
    answer: json(429, overloaded, { "retry-after": "30" }),
    status: 503,
    code: "upstream_unavailable",
    tries: 1,
  },
  {
    what: "500 is tried again",
    answer: json(500, overloaded),
    status: 502,
    code: "upstream_error",
    tries: 3,
  },
  {
    what: "502 of HTML is tried again",
    answer: text(502, "text/html", "<html></html>"),
    status: 502,
    code: "upstream_error",
    tries: 3,
  },
  {
    what: "503 is tried again",
    answer: json(503, overloaded),
    status: 503,
    code: "upstream_unavailable",
    tries: 3,
  },
  {
    what: "504 is not tried again",
    answer: json(504, overloaded),
    status: 504,
    code: "upstream_timeout",
    tries: 1,
  },
  {
    what: "529 is tried again",
    answer: json(529, overloaded),
    status: 503,
    code: "upstream_unavailable",
    tries: 3,
  },
  {
    what: "a page of HTML with status 200",
    answer: text(200, "text/html", "<html></html>"),
    status: 502,
    code: "upstream_error",
    tries: 3,
  },
  {
    what: "an empty body",
    answer: text(200, "application/json", ""),
    status: 502,
    code: "upstream_error",
    tries: 3,
  },
  { what: "a connection that is dropped", answer: refuse(), status: 502, code: "upstream_error", tries: 3 },
];
