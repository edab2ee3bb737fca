import { getBaseUrl } from "#app/base-url.ts";

/** Where the authorization server of a tool source sends the browser back to. */
export async function signInReturnUrl(): Promise<string> {
  return `${await getBaseUrl()}/api/tools/sign-in`;
}
