import { defaultModelId } from "#lib/models/catalog.ts";
import { clientSnippets } from "./clients.ts";
import { connectSnippets } from "./connect.ts";
import { quickstartSnippets } from "./quickstart.ts";
import { requestSnippets } from "./request.ts";
import type { Snippet } from "./snippet.ts";
import { streamingSnippets } from "./streaming.ts";
import { toolSnippets } from "./tools.ts";
import { usageSnippets } from "./usage.ts";
import { visionSnippets } from "./vision.ts";
import { webhookSnippets } from "./webhooks.ts";

/** Every snippet of the guide by its id. `baseUrl` is where the installation is reached, without a path. */
export function makeSnippets(baseUrl: string, model: string = defaultModelId) {
  const facts = { apiUrl: `${baseUrl}/v1`, model };
  return {
    ...quickstartSnippets(facts),
    ...requestSnippets(facts),
    ...streamingSnippets(facts),
    ...toolSnippets(facts),
    ...clientSnippets(facts),
    ...visionSnippets(facts),
    ...usageSnippets(facts),
    ...webhookSnippets(),
    ...connectSnippets(),
  } satisfies Record<string, Snippet>;
}

export type Snippets = ReturnType<typeof makeSnippets>;
export type SnippetId = keyof Snippets;

/** Every snippet of the guide, in its order. */
export function listSnippets(baseUrl: string): (Snippet & { id: string })[] {
  return Object.entries(makeSnippets(baseUrl)).map(([id, snippet]) => ({ id, ...snippet }));
}
