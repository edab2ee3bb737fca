import { handle } from "#app/api/handle.ts";
import { signInReturnUrl } from "#app/api/tools/sign-in/return-url.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { checkSource } from "#lib/chat/tools/sources/check.ts";
import { beginSignIn } from "#lib/chat/tools/sources/connect.ts";
import { getSource } from "#lib/chat/tools/store/sources.ts";
import { ToolFailure } from "#lib/chat/tools/tool.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface Context {
  params: Promise<{ sourceId: string }>;
}

/** Begins a sign-in at an MCP server: where to send the person, or null when the server wants none. */
export const POST = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const environment = getChatEnvironment();
  const source = await getSource(environment.db, account.id, (await params).sourceId);
  if (source?.kind !== "mcp") throw new ApiError("not_found", "You have no such MCP server.");
  try {
    const url = await beginSignIn(environment, account.id, source, await signInReturnUrl());
    if (url === null) await checkSource(environment, account.id, source);
    return Response.json({ url });
  } catch (error) {
    if (error instanceof ToolFailure) throw new ApiError("invalid_request", error.message);
    throw error;
  }
});
