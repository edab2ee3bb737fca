import { expect, test } from "vitest";
import { stayOnHost } from "./stay-on-host.ts";

const origin = "http://192.168.1.20:3000";

function redirect(location: string): Response {
  return new Response(null, {
    status: 302,
    headers: [
      ["location", location],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ],
  });
}

test.each([
  [`${origin}/chat?a=1#b`, "/chat?a=1#b"],
  ["/signin?error=CredentialsSignin", "/signin?error=CredentialsSignin"],
  ["https://evil.example/chat", "/"],
  ["//evil.example", "/"],
])("a redirect to %s leads to %s, with every cookie", async (location, path) => {
  const response = await stayOnHost(redirect(location), origin);
  expect(response.status).toBe(302);
  expect(response.headers.get("location")).toBe(path);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test.each([
  ["as a redirect", redirect(`${origin}/signin?error=CredentialsSignin&code=throttled-email-840`)],
  ["in a body", Response.json({ url: `${origin}/signin?error=CredentialsSignin&code=throttled-email-840` })],
])("a throttled sign-in told %s answers 429 with the time to wait", async (_how, told) => {
  const response = await stayOnHost(told, origin);
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("840");
  expect(await response.json()).toMatchObject({
    error: {
      code: "rate_limited",
      message: "Too many failed sign-ins for this e-mail. Try again in 14 minutes.",
    },
  });
});

test("what is no redirect passes as it is", async () => {
  const session = Response.json({ csrfToken: "abc" });
  expect(await stayOnHost(session, origin)).toBe(session);
  const page = new Response("<p>", { headers: { "content-type": "text/html" } });
  expect(await (await stayOnHost(page, origin)).text()).toBe("<p>");
});
