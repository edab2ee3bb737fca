import type { ToolSet } from "ai";
import type { Db } from "#lib/db/client.ts";
import { defaultChoice } from "./approval.ts";
import { builtInTools } from "./built-in.ts";
import type { ToolHost } from "./host.ts";
import { listChoices, listGrants } from "./store/choices.ts";

/** The tools that the model is offered for a reply, and which of them ask the person first. */
export interface Offer {
  tools: ToolSet;
  needsApproval(toolName: string): boolean;
}

/** What an account's model may use for the reply `messageId`: what is switched on and can work here. */
export async function offerTools(
  { db, toolHost }: { db: Db; toolHost: ToolHost },
  { accountId, messageId }: { accountId: string; messageId: string },
): Promise<Offer> {
  const [choices, grants] = await Promise.all([
    listChoices(db, accountId),
    listGrants(db, accountId, messageId),
  ]);
  const choiceOf = (key: string) => choices.find(({ tool }) => tool === key) ?? defaultChoice(key);
  const tools: ToolSet = {};
  const asking = new Set<string>();
  for (const builtIn of builtInTools) {
    const { enabled, approval } = choiceOf(builtIn.name);
    if (!enabled || !builtIn.isAvailable(toolHost)) continue;
    // Its card offers to allow it for the chat where that makes a difference.
    tools[builtIn.name] = { ...builtIn.toTool(toolHost), metadata: { key: builtIn.name, approval } };
    if (asks(approval, grants.has(builtIn.name))) asking.add(builtIn.name);
  }
  return { tools, needsApproval: (toolName) => asking.has(toolName) };
}

function asks(approval: "always" | "once" | "never", granted: boolean): boolean {
  return approval === "always" || (approval === "once" && !granted);
}
