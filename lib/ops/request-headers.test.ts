import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { applyPageHeaders } from "./request-headers.ts";

function applied(headers: Record<string, string>, trustProxy: boolean, url = "/chat") {
  const req = new IncomingMessage(new Socket());
  req.url = url;
  Object.assign(req.headers, headers);
  const res = new ServerResponse(req);
  applyPageHeaders(req, res, { trustProxy, dev: false });
  return { req, res };
}

const forged = {
  "x-client-address": "10.0.0.1",
  "x-nonce": "known",
  "x-forwarded-for": "203.0.113.9, 10.0.0.2",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.example",
};

test("without a trusted proxy a caller cannot forge its address, scheme, host or nonce", () => {
  const { req } = applied(forged, false);
  expect(req.headers["x-client-address"]).toBe("unknown");
  expect(req.headers["x-forwarded-proto"]).toBe("http");
  expect(req.headers["x-forwarded-host"]).toBeUndefined();
  expect(req.headers["x-nonce"]).not.toBe("known");
});

test("a trusted proxy's word on address and scheme counts", () => {
  const { req, res } = applied(forged, true);
  expect(req.headers["x-client-address"]).toBe("203.0.113.9");
  expect(req.headers["x-forwarded-proto"]).toBe("https");
  expect(res.getHeader("strict-transport-security")).toBeDefined();
});

test("every page has a policy that allows scripts by a nonce of its own only", () => {
  const policies = [applied({}, false), applied({}, false)].map(({ res }) =>
    String(res.getHeader("content-security-policy")),
  );
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic';/);
  expect(policies[0]).not.toBe(policies[1]);
});

test.each(["/api/attachments/att_1", "/share/token/files/att_1", "/api/chats"])(
  "%s, which is no page, can do nothing when it is opened as one",
  (url) => {
    const policy = applied({}, false, url).res.getHeader("content-security-policy");
    expect(policy).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
  },
);

test.each(["/chat", "/share/token", "/api/auth/session"])("%s keeps the policy of pages", (url) => {
  const policy = applied({}, false, url).res.getHeader("content-security-policy");
  expect(policy).toContain("script-src 'self' 'nonce-");
});

test("the page of previews runs what it holds, apart from every origin and without network", () => {
  const policy = String(applied({}, false, "/preview").res.getHeader("content-security-policy"));
  expect(policy).toMatch(/^default-src 'none'; script-src 'unsafe-inline';/);
  expect(policy).toMatch(/; sandbox allow-scripts$/);
  expect(policy).not.toMatch(/allow-same-origin|connect-src|https?:|\*/);
  expect(applied({}, false, "/previews").res.getHeader("content-security-policy")).toContain("'nonce-");
});
