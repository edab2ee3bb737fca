import type { Tool, ToolSet } from "ai";
import { type Approval, defaultChoice } from "./approval.ts";
import { builtInTools } from "./built-in.ts";
import type { SourceEnvironment } from "./sources/access.ts";
import { ownTool } from "./sources/own-tools.ts";
import type { ToolSource } from "./sources/source.ts";
import { wireNames } from "./sources/wire-names.ts";
import { readReplyChoices } from "./store/choices.ts";
import { listSources } from "./store/sources.ts";

/** The tools that the model is offered for a reply, and which of them ask the person first. */
export interface Offer {
  tools: ToolSet;
  needsApproval(toolName: string): boolean;
}

interface Candidate {
  /** A built-in's name, or `sourceId/name`. */
  key: string;
  name: string;
  /** The name of its source; null for a built-in one. */
  source: string | null;
  make(): Tool;
}

/** What an account's model may use for a reply in the chat, which need not be there yet: what is switched on and can work here. */
export async function offerTools(
  environment: SourceEnvironment,
  { accountId, chatId }: { accountId: string; chatId: string },
): Promise<Offer> {
  const { choices, grants, hasSources } = await readReplyChoices(environment.db, accountId, chatId);
  const sources = hasSources ? await listSources(environment.db, accountId) : [];
  const tools: ToolSet = {};
  const asking = new Set<string>();
  for (const { key, name, source, make } of listCandidates(environment, accountId, sources)) {
    const { enabled, approval } = choices.find(({ tool }) => tool === key) ?? defaultChoice(key);
    if (!enabled) continue;
    // Its card names its source, and offers to allow it for the chat where that makes a difference.
    tools[name] = { ...make(), metadata: { key, approval, ...(source !== null && { source }) } };
    if (asks(approval, grants.includes(key))) asking.add(name);
  }
  return { tools, needsApproval: (toolName) => asking.has(toolName) };
}

function listCandidates(
  environment: SourceEnvironment,
  accountId: string,
  sources: readonly ToolSource[],
): Candidate[] {
  const { toolHost } = environment;
  const own = sources
    .filter((source) => source.enabled)
    .flatMap((source) => source.tools.map((spec) => ({ key: `${source.id}/${spec.name}`, source, spec })));
  const names = wireNames(
    own.map(({ key, source, spec }) => ({ key, source: source.name, name: spec.name })),
    new Set(builtInTools.map(({ name }) => name)),
  );
  return [
    ...builtInTools
      .filter((tool) => tool.isAvailable(toolHost))
      .map((tool) => ({ key: tool.name, name: tool.name, source: null, make: () => tool.toTool(toolHost) })),
    ...own.map(({ key, source, spec }) => ({
      key,
      name: names.get(key) ?? key,
      source: source.name,
      make: () => ownTool(environment, accountId, source, spec),
    })),
  ];
}

function asks(approval: Approval, granted: boolean): boolean {
  return approval === "always" || (approval === "once" && !granted);
}
