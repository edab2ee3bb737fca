import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { revokeShare } from "#lib/chat/store/shares.ts";
import { getDb } from "#lib/db/client.ts";

/** Ends a share: its address leads nowhere from now on. */
export const DELETE = handle<{ params: Promise<{ shareId: string }> }>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const revoked = await revokeShare(getDb(), account.id, (await params).shareId);
  required(revoked || null);
  return new Response(null, { status: 204 });
});
