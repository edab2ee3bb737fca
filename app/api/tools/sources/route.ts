import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { checkSource } from "#lib/chat/tools/sources/check.ts";
import { addSource } from "#lib/chat/tools/store/sources.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { toSourceRecord } from "./source-record.ts";

const bodySchema = z
  .strictObject({
    kind: z.enum(["openapi", "mcp"]),
    name: z.string().trim().min(1).max(60),
    url: z
      .union([z.literal(""), z.url({ protocol: /^https?$/, error: "must be an http or https address" })])
      .default(""),
    document: z.string().max(2_000_000).nullable().default(null),
    header: z
      .strictObject({
        name: z.string().regex(/^[A-Za-z0-9-]{1,100}$/, "must be the name of a header"),
        value: z.string().regex(/^[\x20-\x7e]{1,4000}$/, "must be one line of plain characters"),
      })
      .nullable()
      .default(null),
    oauthClient: z
      .strictObject({
        id: z.string().trim().min(1).max(500),
        secret: z.string().trim().min(1).max(4_000).nullable().default(null),
      })
      .nullable()
      .default(null),
  })
  .refine(({ kind, header, oauthClient }) => oauthClient === null || (kind === "mcp" && header === null), {
    message: "is for MCP servers without a header of their own",
    path: ["oauthClient"],
  })
  .refine(({ kind, url, document }) => (kind === "mcp" ? url !== "" : (url === "") !== (document === null)), {
    message: "needs an address, or for OpenAPI a pasted document",
    path: ["url"],
  });

/** Adds a source of tools and asks it what it offers. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const environment = getChatEnvironment();
  const { document, ...source } = await readJson(request, bodySchema);
  const added = await addSource(environment.db, environment.authSecret, account.id, source);
  if (!added) throw new ApiError("invalid_request", "You have twenty sources of tools: remove one first.");
  const checked = await checkSource(environment, account.id, added, document);
  return Response.json({ source: toSourceRecord(checked) }, { status: 201 });
});
