import { dynamicTool, jsonSchema, type Tool } from "ai";
import { z } from "zod";
import { runTool } from "../tool.ts";
import { type SourceEnvironment, withAccess } from "./access.ts";
import { callOperation } from "./call-operation.ts";
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
  const { toolHost } = environment;
  return dynamicTool({
    title: spec.title ?? spec.name,
    description: spec.description,
    inputSchema: jsonSchema({ type: "object", properties: {}, ...spec.inputSchema }),
    execute: (input, { abortSignal }) =>
      runTool(toolHost, `${source.kind} ${source.id}`, { timeoutMs: callMs, abortSignal }, async (signal) => {
        const given = inputSchema.parse(input);
        return withAccess(environment, accountId, source, signal, (server) =>
          spec.operation
            ? callOperation(spec.operation, given, server)
            : callMcpTool(server, spec.name, given),
        );
      }),
  });
}
