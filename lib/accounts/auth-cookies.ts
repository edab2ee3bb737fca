/** Names and attributes of the session's cookies; `__Secure-` and `Secure` exactly where the browser came by https. */
export function authCookies(secure: boolean) {
  const prefix = secure ? "__Secure-" : "";
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    sessionToken: { name: `${prefix}aigateway.session`, options },
    callbackUrl: { name: `${prefix}aigateway.callback-url`, options },
    csrfToken: { name: `${prefix}aigateway.csrf`, options },
  };
}

/** Whether a request came by https, as the server's front has decided. */
export function cameByHttps(headers: Pick<Headers, "get">): boolean {
  return headers.get("x-forwarded-proto") === "https";
}
