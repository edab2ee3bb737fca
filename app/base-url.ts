import { headers } from "next/headers";
import { getConfig } from "#lib/ops/config.ts";

const hostPattern = /^[\w.:[\]-]+$/;

/** Where people reach this installation, without a path: `PUBLIC_URL`, else the address this browser used. */
export async function getBaseUrl(): Promise<string> {
  const { publicUrl, port } = getConfig();
  if (publicUrl !== null) return publicUrl;
  const received = await headers();
  const host = received.get("x-forwarded-host") ?? received.get("host") ?? "";
  const scheme = received.get("x-forwarded-proto") === "https" ? "https" : "http";
  return `${scheme}://${hostPattern.test(host) ? host : `localhost:${port}`}`;
}
