import * as z from "zod/mini";
import { asLocale } from "#components/messages/negotiate-locale.ts";
import { pageAccountHeaders } from "#components/shell/page-account.tsx";
import { defaultLocale, type Locale } from "#lib/accounts/choices.ts";

export type ApiAnswer<T> =
  | { ok: true; data: T }
  | { ok: false; message: string; fields: Readonly<Record<string, string>> };

// Here and not among the messages of the pages, since calls are made outside of React.
const unreachable = {
  en: "The server could not be reached. Check the connection and try again.",
  "zh-CN": "无法连接服务器。请检查网络后重试。",
} satisfies Record<Locale, string>;

const failureSchema = z.object({
  error: z.object({ message: z.string(), fields: z.optional(z.record(z.string(), z.string())) }),
});

/**
 * Calls one of this installation's own routes from the browser. `readData` turns the JSON of a success into what the
 * caller wants; a failure, of the network too, comes back as words to show.
 */
export async function callApi<T>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  readData: (json: unknown) => T,
): Promise<ApiAnswer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: { "content-type": "application/json", ...pageAccountHeaders() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = response.status === 204 ? null : await response.json();
    if (response.ok) return { ok: true, data: readData(json) };
    const { error } = failureSchema.parse(json);
    return { ok: false, message: error.message, fields: error.fields ?? {} };
  } catch {
    return {
      ok: false,
      message: unreachable[asLocale(document.documentElement.lang) ?? defaultLocale],
      fields: {},
    };
  }
}
