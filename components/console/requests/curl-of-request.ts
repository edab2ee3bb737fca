import type { MeteredRequest } from "#lib/usage/metered-request.ts";

/**
 * The call again, for a shell: to the same endpoint with the same tag, and the body where it was kept, else one with the same model
 * that is to be filled in. The key is read from the environment.
 */
export function curlOfRequest(
  { endpoint, model, stream, tag }: Pick<MeteredRequest, "endpoint" | "model" | "stream" | "tag">,
  { baseUrl, body }: { baseUrl: string; body: string | null },
): string {
  const sent = body ?? JSON.stringify(bodyToFillIn(endpoint, model, stream), null, 2);
  return [
    `curl ${stream ? "-N " : ""}${baseUrl}${pathOfEndpoint(endpoint)}`,
    '-H "Authorization: Bearer $AIG_KEY"',
    '-H "Content-Type: application/json"',
    ...(tag === "" ? [] : [`-H ${quoted(`x-aig-tag: ${tag}`)}`]),
    `-d ${quoted(sent)}`,
  ].join(" \\\n  ");
}

/** "chat.completions" as a path of the API. */
export function pathOfEndpoint(endpoint: string): string {
  return `/v1/${endpoint.replaceAll(".", "/")}`;
}

function bodyToFillIn(endpoint: string, model: string, stream: boolean): object {
  const flags = stream ? { stream: true } : {};
  return endpoint === "responses"
    ? { model, ...flags, input: "…" }
    : { model, ...flags, messages: [{ role: "user", content: "…" }] };
}

/** In single quotes nothing is expanded; a quote within ends them, stands escaped, and begins them again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
