import { dynamicTool, jsonSchema, type Tool } from "ai";
import { z } from "zod";
import { openHeaders } from "../store/sources.ts";
import { runTool } from "../tool.ts";
import { callOperation } from "./call-operation.ts";
import type { SourceEnvironment } from "./check.ts";
import { callMcpTool } from "./mcp.ts";
import type { SourceTool, ToolSource } from "./source.ts";

const callMs = 60_000;
const inputSchema = z.record(z.string(), z.unknown());

/** A tool of a person's own as the model is offered it. Its secret is opened for each call and nowhere kept. */
export function ownTool(
  environment: SourceEnvironment,
  accountId: string,
  source: ToolSource,
  spec: SourceTool,
): Tool {
  const { db, authSecret, toolHost } = environment;
  return dynamicTool({
    title: spec.title ?? spec.name,
    description: spec.description,
    inputSchema: jsonSchema({ type: "object", properties: {}, ...spec.inputSchema }),
    execute: (input, { abortSignal }) =>
      runTool(toolHost, `${source.kind} ${source.id}`, { timeoutMs: callMs, abortSignal }, async (signal) => {
        const headers = await openHeaders(db, authSecret, accountId, source.id);
        const given = inputSchema.parse(input);
        return spec.operation
          ? callOperation(spec.operation, given, { fetch: toolHost.fetch, headers, signal })
          : callMcpTool({ url: source.url, headers, fetch: toolHost.fetch, signal }, spec.name, given);
      }),
  });
}
