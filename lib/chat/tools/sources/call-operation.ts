import { type GuardedFetch, readText } from "../guarded-fetch.ts";
import { parseJson } from "../parse-json.ts";
import { ToolFailure } from "../tool.ts";
import type { AuthHeaders, Operation } from "./source.ts";

const maxBytes = 2 * 1_048_576;
const maxErrorChars = 500;

/**
 * Calls an operation with its parameters and body fields out of one input. Gives the answer's JSON, or its text.
 * @throws ToolFailure with the status and the beginning of an answer that is no success
 */
export async function callOperation(
  operation: Operation,
  input: Record<string, unknown>,
  { fetch, headers, signal }: { fetch: GuardedFetch; headers: AuthHeaders; signal: AbortSignal },
): Promise<unknown> {
  const response = await fetch(...toRequest(operation, input, headers, signal));
  const text = await readText(response, maxBytes);
  if (!response.ok) {
    throw new ToolFailure(`It answered with status ${response.status}: ${text.slice(0, maxErrorChars)}`);
  }
  if (text === "") return { status: response.status };
  return parseJson(text) ?? text;
}

/** The URL and options of a call. */
export function toRequest(
  { method, url, parameters, hasBody }: Operation,
  input: Record<string, unknown>,
  auth: AuthHeaders,
  signal: AbortSignal,
): [URL, RequestInit] {
  const headers = new Headers();
  let filled = url;
  const query = new URLSearchParams();
  const rest = { ...input };
  for (const { name, in: place } of parameters) {
    const value = rest[name];
    delete rest[name];
    if (value === undefined || value === null) continue;
    if (place === "path") filled = filled.replaceAll(`{${name}}`, encodeURIComponent(String(value)));
    else if (place === "header") headers.set(name, String(value));
    else for (const one of Array.isArray(value) ? value : [value]) query.append(name, asText(one));
  }
  const target = new URL(filled);
  for (const [name, value] of query) target.searchParams.append(name, value);
  headers.set("accept", "application/json, text/*;q=0.5");
  if (hasBody) headers.set("content-type", "application/json");
  // What signs the call is not for the model to choose.
  for (const [name, value] of Object.entries(auth)) headers.set(name, value);
  return [target, { method, headers, signal, ...(hasBody && { body: JSON.stringify(rest) }) }];
}

function asText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
