import type { ToolSet } from "ai";
import { builtInTools } from "./built-in.ts";
import type { ToolHost } from "./host.ts";

/** The tools that the model is offered for a reply, and which of them ask the person first. */
export interface Offer {
  tools: ToolSet;
  needsApproval(toolName: string): boolean;
}

export async function offerTools(host: ToolHost): Promise<Offer> {
  const available = builtInTools.filter((tool) => tool.isAvailable(host));
  return {
    tools: Object.fromEntries(available.map((tool) => [tool.name, tool.toTool(host)])),
    needsApproval: () => false,
  };
}
