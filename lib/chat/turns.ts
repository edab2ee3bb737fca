import type { Account } from "#lib/accounts/account.ts";
import { getProviderName } from "#lib/ops/provider.ts";
import { getFile } from "./attachments/store.ts";
import type { ChatOptions } from "./default-options.ts";
import type { ChatEnvironment } from "./generations/environment.ts";
import { askForTitle } from "./generations/improve-title.ts";
import { launchGeneration, stopHere } from "./generations/registry.ts";
import { startContinuation } from "./store/continuations.ts";
import { requestStop } from "./store/generations.ts";
import { getDefaultOptions } from "./store/options.ts";
import { type StartedTurn, startRegeneration, startTurn } from "./store/turns.ts";
import { titleFromText } from "./title.ts";
import { type Offer, offerTools } from "./tools/offer.ts";

type Sender = Pick<Account, "id" | "plan">;

export interface NewMessage {
  chatId: string;
  parentId: string | null;
  userMessageId: string;
  assistantMessageId: string;
  /** May be empty when there are files. */
  text: string;
  fileIds?: readonly string[];
  /** What a chat that this makes is generated with; without it, as the account has chosen for new chats. */
  options?: ChatOptions | undefined;
  /** Whether the chat, if this makes it, is temporary. */
  temporary?: boolean | undefined;
}

/**
 * Stores a message and starts the reply to it; the same ids again give the same answer.
 * @throws ChatRefusal `not_found`, `id_taken`, `parent_not_an_answer`, `generation_running`, `file_missing`
 */
export async function sendMessage(
  environment: ChatEnvironment,
  sender: Sender,
  { text, options, ...message }: NewMessage,
): Promise<StartedTurn> {
  const [firstFile] = text === "" ? (message.fileIds ?? []) : [];
  // A new chat's first words wait for both, so they are asked for side by side; the generation meets what goes wrong with the tools.
  const offer = offerTools(environment, { accountId: sender.id, chatId: message.chatId });
  offer.catch(() => undefined);
  const named = firstFile === undefined ? null : await getFile(environment.db, sender.id, firstFile);
  const started = await startTurn(environment.db, sender.id, {
    ...message,
    parts: text === "" ? [] : [{ type: "text", text }],
    title: titleFromText(named?.filename ?? text),
    options: options ?? (await getDefaultOptions(environment.db, sender.id)),
    ...madeHere(environment),
  });
  launch(environment, sender, started, offer);
  const wantsTitle = started.isNewChat && !message.temporary && text !== "";
  if (wantsTitle && sender.plan === "paid" && getProviderName() !== "offline") {
    void askForTitle(environment, { accountId: sender.id, chatId: message.chatId, text });
  }
  return started;
}

/**
 * Starts another version of a reply.
 * @throws ChatRefusal `not_found`, `id_taken`, `nothing_to_regenerate`, `generation_running`
 */
export async function regenerateMessage(
  environment: ChatEnvironment,
  sender: Sender,
  again: { chatId: string; messageId: string; assistantMessageId: string },
): Promise<StartedTurn> {
  const started = await startRegeneration(environment.db, sender.id, { ...again, ...madeHere(environment) });
  return launch(environment, sender, started);
}

/**
 * Goes on with a reply that ended early.
 * @throws ChatRefusal `not_found`, `nothing_to_continue`, `generation_running`
 */
export async function continueMessage(
  environment: ChatEnvironment,
  sender: Sender,
  more: { chatId: string; messageId: string },
): Promise<StartedTurn> {
  const started = await startContinuation(environment.db, sender.id, { ...more, ...madeHere(environment) });
  return launch(environment, sender, started);
}

/** Stops a generation wherever it runs; harmless when it has ended. False when the account has no such generation. */
export async function stopGeneration(
  environment: ChatEnvironment,
  accountId: string,
  generationId: string,
): Promise<boolean> {
  const found = await requestStop(environment.db, accountId, generationId);
  if (found) stopHere(generationId);
  return found;
}

/** What the stores are told of who starts a generation, and when. */
export function madeHere({ processId, now }: ChatEnvironment): { processId: string; now: Date } {
  return { processId, now: new Date(now()) };
}

/** Runs the generation of a turn, unless the turn was started before. */
export function launch(
  environment: ChatEnvironment,
  sender: Sender,
  started: StartedTurn,
  offer?: Promise<Offer>,
): StartedTurn {
  if (!started.repeated) {
    launchGeneration(environment, {
      generationId: started.generationId,
      accountId: sender.id,
      chatId: started.chat.id,
      messageId: started.assistantMessageId,
      conversation: started.conversation,
      offer,
    });
  }
  return started;
}
