import { z } from "zod";
import { readText } from "../guarded-fetch.ts";
import { parseJson } from "../parse-json.ts";
import { defineTool, ToolFailure, type ToolRun } from "../tool.ts";

const maxBytes = 1_048_576;
const snippetChars = 600;

export interface SearchResult {
  title: string;
  url: string;
  snippet: string;
}

const braveSchema = z.object({
  web: z
    .object({
      results: z.array(z.object({ title: z.string(), url: z.string(), description: z.string().default("") })),
    })
    .optional(),
});
const tavilySchema = z.object({
  results: z.array(z.object({ title: z.string(), url: z.string(), content: z.string().default("") })),
});

export const webSearch = defineTool({
  name: "web_search",
  description:
    "Searches the web and gives titles, addresses and excerpts of what it found. Use it for what is recent or that you are not sure of, and name the pages you rely on.",
  inputSchema: z.object({
    query: z.string().min(1).max(400),
    count: z.number().int().min(1).max(10).default(6),
  }),
  isAvailable: (host) => host.search !== null,
  timeoutMs: 20_000,
  async run({ query, count }, run) {
    const { search } = run.host;
    if (!search) throw new ToolFailure("No search provider is configured.");
    const found =
      search.provider === "brave"
        ? await askBrave(query, count, search.apiKey, run)
        : await askTavily(query, count, search.apiKey, run);
    return { results: found.slice(0, count).map(shortened) };
  },
});

function shortened({ title, url, snippet }: SearchResult): SearchResult {
  return { title, url, snippet: snippet.replace(/<\/?[a-z]+>/gi, "").slice(0, snippetChars) };
}

async function askBrave(query: string, count: number, apiKey: string, { host, signal }: ToolRun) {
  const address = `https://api.search.brave.com/res/v1/web/search?${new URLSearchParams({ q: query, count: String(count) })}`;
  const headers = { accept: "application/json", "x-subscription-token": apiKey };
  const { web } = await readAnswer(await host.fetch(address, { headers, signal }), braveSchema);
  return (web?.results ?? []).map(({ title, url, description }) => ({ title, url, snippet: description }));
}

async function askTavily(query: string, count: number, apiKey: string, { host, signal }: ToolRun) {
  const response = await host.fetch("https://api.tavily.com/search", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query, max_results: count }),
    signal,
  });
  const { results } = await readAnswer(response, tavilySchema);
  return results.map(({ title, url, content }) => ({ title, url, snippet: content }));
}

async function readAnswer<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(response, maxBytes);
  if (!response.ok) throw new ToolFailure(`The search provider answered with status ${response.status}.`);
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new ToolFailure("The search provider's answer is not understood.");
  return parsed.data;
}
