import { redirect } from "next/navigation";
import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { paths } from "#components/shell/paths.ts";
import { getAccount } from "#lib/accounts/current-account.ts";
import { signInPathFor } from "#lib/accounts/local-path.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { endSignIn } from "#lib/chat/tools/sources/connect.ts";
import { ToolFailure } from "#lib/chat/tools/tool.ts";

const returned = z.object({ state: z.string().min(1).max(200), code: z.string().min(1).max(4_000) });

/**
 * Where a browser comes back from an authorization server. Whose sign-in it ends is told by the session and by `state`, which
 * this account alone was given.
 */
export const GET = handle(async (request) => {
  const { pathname, search, searchParams } = new URL(request.url);
  const account = await getAccount();
  if (!account) redirect(signInPathFor(`${pathname}${search}`));
  const given = returned.safeParse(Object.fromEntries(searchParams));
  redirect(`${paths.tools}?${given.success ? await outcome(account.id, given.data) : "signin=refused"}`);
});

async function outcome(accountId: string, given: z.infer<typeof returned>): Promise<string> {
  try {
    const source = await endSignIn(getChatEnvironment(), accountId, given);
    if (!source) return "signin=over";
    return source.checkError === null ? "signin=done" : "signin=failed";
  } catch (error) {
    if (error instanceof ToolFailure) return "signin=failed";
    throw error;
  }
}
