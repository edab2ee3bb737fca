import { generateText } from "ai";
import { shareWork } from "#lib/ops/share-work.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import { listRequestsByIds } from "#lib/usage/store/requests.ts";
import { ApiError, type ErrorCode, errorTable } from "#lib/wire/errors.ts";
import { exchangeShown, followUpInstructions, followUpsFromModel } from "../follow-ups.ts";
import type { FollowUps } from "../message.ts";
import { type Exchange, keepFollowUps, type ReplyOf, readExchange } from "../store/follow-ups.ts";
import type { ChatEnvironment } from "./environment.ts";
import { toFailure } from "./failure.ts";
import { gatewayModel, modelOptions } from "./gateway-model.ts";
import { toReceipt } from "./receipt.ts";

const timeoutMs = 30_000;
const maxOutputTokens = 160;

const share = shareWork<FollowUps>("follow-ups");

/**
 * What the person may want to say after a reply, asked of the model without thinking and paid by the account as any call; kept
 * with the reply, so that it is paid once. Who asks while it is being asked gets the same answer.
 * @throws ChatRefusal `not_found`, `nothing_to_follow`; ApiError in the gateway's words where the call failed
 */
export function suggestFollowUps(
  environment: ChatEnvironment,
  accountId: string,
  reply: ReplyOf,
): Promise<FollowUps> {
  const id = `${accountId} ${reply.chatId} ${reply.messageId}`;
  return share(id, () => findOrAsk(environment, accountId, reply));
}

async function findOrAsk(
  environment: ChatEnvironment,
  accountId: string,
  reply: ReplyOf,
): Promise<FollowUps> {
  const exchange = await readExchange(environment.db, accountId, reply);
  if (exchange.followUps) return exchange.followUps;
  const followUps = await ask(environment, accountId, exchange);
  await keepFollowUps(environment.db, reply, followUps);
  return followUps;
}

async function ask(
  environment: ChatEnvironment,
  accountId: string,
  { question, answer }: Exchange,
): Promise<FollowUps> {
  let provider: string | null = null;
  let requestId: string | null = null;
  try {
    const { text } = await generateText({
      model: gatewayModel(environment, accountId, (headers) => {
        provider = headers.get("x-aig-provider");
        requestId = headers.get("x-request-id");
      }),
      instructions: followUpInstructions,
      prompt: storableText(exchangeShown(question, answer)),
      providerOptions: modelOptions("none"),
      maxRetries: 0,
      maxOutputTokens,
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    const receipt = toReceipt(
      await listRequestsByIds(environment.db, accountId, requestId ? [requestId] : []),
    );
    return { texts: followUpsFromModel(text), costNanoUsd: receipt?.costNanoUsd ?? null, provider };
  } catch (error) {
    throw asApiError(error, requestId);
  }
}

/** What is no failure of the call is thrown on as it is, and so logged. */
function asApiError(error: unknown, requestId: string | null): unknown {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new ApiError("upstream_timeout", "The model did not answer in time.", { cause: error });
  }
  const { code, message, retryAfterS } = toFailure(error, requestId);
  if (code === "internal") return error;
  return new ApiError(isErrorCode(code) ? code : "upstream_error", message, {
    cause: error,
    ...(retryAfterS !== undefined && { retryAfterS }),
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
