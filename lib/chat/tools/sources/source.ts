import { z } from "zod";

const schemaObject = z.record(z.string(), z.unknown());

/** How an operation of an OpenAPI document is called. */
const operationSchema = z.object({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  /** With {placeholders}. */
  url: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]) })),
  hasBody: z.boolean(),
});

/** A tool that a source offers, as it was when the source was last checked. */
export const sourceToolSchema = z.object({
  name: z.string(),
  title: z.string().nullable(),
  description: z.string(),
  inputSchema: schemaObject,
  /** Null for a tool of an MCP server. */
  operation: operationSchema.nullable(),
});

export type SourceTool = z.infer<typeof sourceToolSchema>;
export type Operation = z.infer<typeof operationSchema>;

export const sourceToolsSchema = z.array(sourceToolSchema);

/** The most tools of one source that are offered. */
export const maxSourceTools = 64;

export type SourceKind = "openapi" | "mcp";

/** What signs the calls of a source: nothing, a header, or the tokens of a sign-in at its authorization server. */
export const sourceAuthSchema = z.enum(["none", "header", "oauth"]);
export type SourceAuth = z.infer<typeof sourceAuthSchema>;

export interface ToolSource {
  id: string;
  kind: SourceKind;
  name: string;
  /** Of the MCP server or the document; empty for a document that was pasted. */
  url: string;
  enabled: boolean;
  auth: SourceAuth;
  headerName: string | null;
  tools: SourceTool[];
  checkedAt: Date | null;
  /** Why the last check failed; null when it did not. */
  checkError: string | null;
}

/** The headers that sign the calls of a source. */
export type AuthHeaders = Record<string, string>;
