import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

const choicesSchema = z.object({ reasoning: z.boolean(), toolResults: z.boolean(), name: z.boolean() });

const shareSchema = z.object({
  id: z.string(),
  token: z.string(),
  chatId: z.string(),
  title: z.string(),
  choices: choicesSchema,
  takenAt: z.string(),
});

export type ShareChoices = z.infer<typeof choicesSchema>;
export type Share = z.infer<typeof shareSchema>;

const pathOf = (chatId: string) => `/api/chats/${encodeURIComponent(chatId)}/share`;

/** The address of a share's page. */
export function sharePath(token: string): string {
  return `/share/${token}`;
}

export const shareApi = {
  get(chatId: string): Promise<ApiAnswer<Share | null>> {
    return callApi(
      "GET",
      pathOf(chatId),
      undefined,
      (json) => z.object({ share: z.nullable(shareSchema) }).parse(json).share,
    );
  },
  /** Makes the share of a chat, or takes its snapshot anew. */
  take(chatId: string, choices: ShareChoices): Promise<ApiAnswer<Share>> {
    return callApi(
      "POST",
      pathOf(chatId),
      choices,
      (json) => z.object({ share: shareSchema }).parse(json).share,
    );
  },
  revoke(shareId: string): Promise<ApiAnswer<null>> {
    return callApi("DELETE", `/api/shares/${encodeURIComponent(shareId)}`, undefined, () => null);
  },
};
