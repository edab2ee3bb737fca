import { APICallError, StreamProviderError } from "ai";
import { describe, expect, test } from "vitest";
import { toFailure } from "./failure.ts";

function callError(given: {
  statusCode?: number;
  responseBody?: string;
  responseHeaders?: Record<string, string>;
}) {
  return new APICallError({ message: "m", url: "http://gateway/v1", requestBodyValues: {}, ...given });
}

describe("why a reply failed", () => {
  test.each([
    [
      "the body of an error response",
      callError({
        statusCode: 429,
        responseBody: '{"error":{"message":"Used up.","code":"daily_quota_exceeded"}}',
        responseHeaders: { "x-request-id": "req_2", "retry-after": "60" },
      }),
      { code: "daily_quota_exceeded", message: "Used up.", requestId: "req_2", retryAfterS: 60 },
    ],
    [
      "a failed response before the first token",
      callError({
        statusCode: 500,
        responseBody:
          '{"type":"response.failed","response":{"error":{"message":"Down.","code":"upstream_error"}}}',
      }),
      { code: "upstream_error", message: "Down.", requestId: "req_1" },
    ],
    [
      "an error event before the first token",
      callError({ responseBody: '{"type":"error","message":"Slow.","code":"upstream_timeout"}' }),
      { code: "upstream_timeout", message: "Slow.", requestId: "req_1" },
    ],
    [
      "an error event in mid-answer",
      new StreamProviderError({ message: "Slow.", code: "upstream_timeout" }),
      { code: "upstream_timeout", message: "Slow.", requestId: "req_1" },
    ],
    [
      "an answer nobody can read",
      callError({ statusCode: 502, responseBody: "<html>" }),
      {
        code: "upstream_error",
        message: "The gateway answered with status 502 and nothing readable.",
        requestId: "req_1",
      },
    ],
    [
      "a gateway that is not there",
      callError({}),
      { code: "upstream_unavailable", message: "The gateway could not be reached.", requestId: "req_1" },
    ],
  ])("%s is told in its own words", (_name, error, failure) => {
    expect(toFailure(error, "req_1")).toEqual(failure);
  });

  test("a mistake of this program is named as one, without its details", () => {
    expect(toFailure(new Error("secret"), null)).toEqual({
      code: "internal",
      message: "The reply failed because of an error in this server.",
      requestId: null,
    });
  });
});
