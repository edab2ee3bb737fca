import { z } from "zod";

/** Whether a tool asks the person before each call, before its first in a chat, or never. */
export const approvalSchema = z.enum(["always", "once", "never"]);
export type Approval = z.infer<typeof approvalSchema>;

/** A person's choice for one tool, by its key: a built-in's name, or `sourceId/name`. */
export interface ToolChoice {
  tool: string;
  enabled: boolean;
  approval: Approval;
}

/** What holds for a tool that nothing was chosen for: built-in ones reach nothing of the person's. */
export function defaultChoice(tool: string): ToolChoice {
  return { tool, enabled: true, approval: tool.includes("/") ? "always" : "never" };
}
