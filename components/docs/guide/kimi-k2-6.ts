import type { Guide } from "./blocks.ts";
import type { GuideFacts, SectionFacts } from "./facts.ts";
import { callSections } from "./sections/calls.ts";
import { clientSections } from "./sections/clients.ts";
import { connectSection } from "./sections/connect.ts";
import { keySection } from "./sections/keys.ts";
import { pricingSections } from "./sections/pricing.ts";
import { referenceSections } from "./sections/reference.ts";
import { startSections } from "./sections/start.ts";
import { toolSections } from "./sections/tools.ts";
import { visionSection } from "./sections/vision.ts";
import { webhookSection } from "./sections/webhooks.ts";
import { makeSnippets } from "./snippets/list-snippets.ts";

/** The guide to Kimi K2.6 for one installation: the content of both its page and its Markdown. */
export function kimiGuide(given: GuideFacts): Guide {
  const facts: SectionFacts = {
    ...given,
    snippets: makeSnippets(given.baseUrl, given.model.id),
    offline: given.provider === "offline",
  };
  return {
    title: given.model.name,
    summary: `${given.model.description} Served with an OpenAI-compatible API.`,
    sections: [
      ...startSections(facts),
      ...callSections(facts),
      ...toolSections(facts),
      ...clientSections(facts),
      visionSection(facts),
      ...pricingSections(facts),
      keySection(facts),
      webhookSection(facts),
      ...referenceSections(facts),
      connectSection(facts),
    ],
  };
}
