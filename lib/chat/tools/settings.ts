import type { Db } from "#lib/db/client.ts";
import { defaultChoice, type ToolChoice } from "./approval.ts";
import { builtInTools } from "./built-in.ts";
import type { ToolHost } from "./host.ts";
import type { ToolSource } from "./sources/source.ts";
import { listChoices } from "./store/choices.ts";
import { getSource, listSources } from "./store/sources.ts";

/** One tool as its owner sees it in the settings. */
export interface ToolEntry extends ToolChoice {
  name: string;
  title: string | null;
  description: string;
}

export interface SourceEntry extends Omit<ToolSource, "tools"> {
  tools: ToolEntry[];
}

export interface ToolSettings {
  builtIn: ToolEntry[];
  sources: SourceEntry[];
}

/** All tools of an account, with what it has chosen for each. */
export async function readToolSettings(db: Db, host: ToolHost, accountId: string): Promise<ToolSettings> {
  const [choices, sources] = await Promise.all([listChoices(db, accountId), listSources(db, accountId)]);
  const chosen = (key: string) => choices.find(({ tool }) => tool === key) ?? defaultChoice(key);
  return {
    builtIn: builtInTools
      .filter((tool) => tool.isAvailable(host))
      .map(({ name }) => ({ ...chosen(name), name, title: null, description: "" })),
    sources: sources.map(({ tools, ...source }) => ({
      ...source,
      tools: tools.map(({ name, title, description }) => ({
        ...chosen(`${source.id}/${name}`),
        name,
        title,
        description,
      })),
    })),
  };
}

/** Whether the account has a tool of this key. */
export async function hasTool(db: Db, accountId: string, key: string): Promise<boolean> {
  const slash = key.indexOf("/");
  if (slash < 0) return builtInTools.some(({ name }) => name === key);
  const source = await getSource(db, accountId, key.slice(0, slash));
  return source?.tools.some(({ name }) => name === key.slice(slash + 1)) ?? false;
}
