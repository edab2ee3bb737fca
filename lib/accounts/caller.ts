/** Who makes a request and when: the address was decided by the server's front (`x-client-address`). */
export function callerOf(headers: Headers, now: Date = new Date()) {
  return {
    address: headers.get("x-client-address") ?? "unknown",
    userAgent: headers.get("user-agent") ?? "",
    now,
  };
}
