import { note, paragraph, type Section } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function keySection({ snippets, baseUrl }: SectionFacts): Section {
  return {
    id: "keys",
    title: "Keys, budgets and usage",
    blocks: [
      paragraph(
        `On the [keys page](${baseUrl}/keys) a key can be held to certain models (\`*\` is a wildcard), to fewer requests per minute, to a monthly budget and to a last day; the account can have a budget over all keys and the chat. Months are those of UTC. A request that might exceed a budget is refused with \`budget_exceeded\` before it is sent, unless the budget only warns ([alerts](#webhooks)). A key can be disabled and enabled again; until then it is refused with \`key_disabled\`. What a key may do and has left:`,
      ),
      codeOf(snippets, "key-curl"),
      paragraph(
        "Rotating a key, on the page or with `POST /v1/keys/{id}/rotate`, gives a new one with the same limits, counted together with the old one's. The old one works until the new one is first used for a call, and is revoked then. A key with limits may rotate itself only.",
      ),
      paragraph(
        "`x-aig-tag` books a call's cost under a name of yours, up to 64 printable ASCII characters. `/v1/usage` sums requests, tokens and cost by UTC hour, day or month (`bucket_width`: `1h`, `1d`, `1mo`), from `start_time` to `end_time` in Unix seconds, `group_by` `model`, `key`, `source` and `tag`:",
      ),
      codeOf(snippets, "usage-curl"),
      note(
        `Buckets are whole ones. Follow \`next_page\` as \`page\` while \`has_more\` is true. Every call of the API is described for programs in [openapi.json](${baseUrl}/openapi.json).`,
      ),
    ],
  };
}
