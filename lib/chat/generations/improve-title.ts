import { generateText } from "ai";
import { storableText } from "#lib/ops/storable-text.ts";
import { improveTitle } from "../store/chats.ts";
import { titleFromModel } from "../title.ts";
import type { ChatEnvironment } from "./environment.ts";
import { gatewayModel, modelOptions } from "./gateway-model.ts";

const shownChars = 4_000;
const timeoutMs = 30_000;

const instructions =
  "Write a title for a conversation that begins with the message below. At most six words, in the message's language, no quotation marks, no full stop. Answer with the title alone.";

/** Asks the model for a better title, without thinking. A failure leaves the title as it is and is logged. */
export async function askForTitle(
  environment: ChatEnvironment,
  chat: { accountId: string; chatId: string; text: string },
): Promise<void> {
  let provider: string | null = null;
  try {
    const { text } = await generateText({
      model: gatewayModel(environment, chat.accountId, (headers) => {
        provider = headers.get("x-aig-provider");
      }),
      instructions,
      prompt: storableText(chat.text.slice(0, shownChars)),
      providerOptions: modelOptions("none"),
      maxRetries: 0,
      maxOutputTokens: 40,
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    const title = titleFromModel(text);
    // The offline stand-in answers in sentences about itself, which are no titles.
    if (title !== null && provider !== "offline") {
      await improveTitle(environment.db, chat.accountId, chat.chatId, title);
    }
  } catch (error) {
    environment.log.warn({ err: error, chatId: chat.chatId }, "no title came from the model");
  }
}
