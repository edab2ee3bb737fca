import * as z from "zod/mini";
import { type FollowUps, followUpsSchema } from "#lib/chat/message.ts";
import { call, readAs } from "../chat-api.ts";

const answerSchema = z.object({ followUps: followUpsSchema });

/** What could be said after a reply; paid for the first time it is asked. Throws a `ChatProblem` when it does not succeed. */
export async function askForFollowUps(chatId: string, messageId: string): Promise<FollowUps> {
  const path = `/api/chats/${encodeURIComponent(chatId)}/messages/${encodeURIComponent(messageId)}/follow-ups`;
  return (await readAs(await call(path, "POST", {}), async () => answerSchema)).followUps;
}
