import { getModel } from "#lib/models/catalog.ts";
import type { Model, ModelPrices } from "#lib/models/model.ts";
import type { Admitted, Payer, RefusalReason, Refused } from "#lib/usage/admission.ts";
import { costOf } from "#lib/usage/cost.ts";
import { noteRefusedBudget } from "#lib/usage/refused-budgets.ts";
import type { ChatRequest } from "#lib/wire/chat-completions.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { answerCall } from "./answer-call.ts";
import { authenticate, keyDisabled } from "./authenticate.ts";
import { readTag, tagHeader } from "./call-tag.ts";
import type { GatewayContext } from "./context.ts";
import type { Dialect, ParsedCall, Reply } from "./dialect.ts";
import { refusalOf } from "./dispatch.ts";
import { boundPromptTokens, isClearlyAbove } from "./estimate-usage.ts";
import { type Exchange, setRateHeaders } from "./exchange.ts";
import { idempotencyHeader, readIdempotencyKey } from "./idempotency/idempotency-key.ts";
import { serveOnce } from "./idempotency/serve-once.ts";
import { ImageError } from "./images/inline-images.ts";
import { findItems, shelveItems } from "./kept-items/shelf.ts";
import { beginMeteredCall } from "./metered-call.ts";
import { type PreparedCall, prepareCall } from "./prepare.ts";
import { readJsonBody } from "./read-body.ts";
import { refusedPayer } from "./refused-payer.ts";
import { inSpan } from "./tracing.ts";

const maxBodyBytes = 32 * 1024 * 1024;

/**
 * One call of a model: authenticate, read, admit, then dispatch, relay and settle. What is wrong with the body is found before
 * admission, so that it costs no quota.
 * @throws ApiError before the answer has begun; afterwards errors are told inside it.
 */
export async function serveCall(
  context: GatewayContext,
  exchange: Exchange,
  dialect: Dialect,
): Promise<void> {
  const payer = authenticate(exchange.req.headers.authorization, context.config.authSecret, context.now());
  await context.knownKeys.require(payer);
  const tag = readTag(exchange.req.headers[tagHeader]);
  const idempotencyKey = readIdempotencyKey(exchange.req.headers[idempotencyHeader]);
  const body = await readJsonBody(exchange.req, maxBodyBytes);
  const readAt = performance.now();
  const filled = dialect.fillIn
    ? await dialect.fillIn(body, (references) => findItems(context, payer, references))
    : body;
  const parsed = dialect.parse(filled);
  const model = requireModel(parsed.chat.model);
  if (isClearlyAbove(parsed.chat, model.contextTokens)) {
    throw new ApiError(
      "context_length_exceeded",
      `The input does not fit into the ${model.contextTokens} tokens of this model's context.`,
      { param: dialect.endpoint === "responses" ? "input" : "messages" },
    );
  }
  const prepared = prepareCall(parsed.chat, model);
  const ready = { payer, tag, model, prepared, chat: parsed.chat, dialect, parsed, body, readAt };
  const run = () => runCall(context, exchange, ready);
  if (idempotencyKey === null) return run();
  const { endpoint } = dialect;
  const fail = (requestId: string, error: ApiError) => createReply(context, ready, requestId).fail(error);
  await serveOnce(context, exchange, { idempotencyKey, payer, model: model.id, endpoint, body, run, fail });
}

interface ReadyCall extends CallToAdmit {
  parsed: ParsedCall;
  /** As the client sent it. */
  body: unknown;
  /** When its last byte had come, by `performance.now()`. */
  readAt: number;
}

function createReply(context: GatewayContext, call: ReadyCall, requestId: string): Reply {
  return call.parsed.createReply({
    requestId,
    nowMs: context.now(),
    wantsUsage: call.prepared.wantsUsage,
  });
}

async function runCall(context: GatewayContext, exchange: Exchange, ready: ReadyCall): Promise<void> {
  const { prepared, parsed } = ready;
  refuseWhileUpstreamsFail(context, exchange);
  const admitted = await admitCall(context, exchange, ready);
  const { accountId } = admitted;
  exchange.facts.accountId = accountId;
  if (parsed.keepsItems && context.config.keepItemsMs > 0) {
    const owner = { accountId, requestId: exchange.requestId };
    exchange.keepItems = (items) => shelveItems(context, owner, items);
  }
  const days = admitted.keepBodiesDays;
  if (days !== null) {
    const owner = { accountId, requestId: exchange.requestId };
    const createdAt = new Date(context.now());
    exchange.keepBody = (answer) => context.bodies.keep(owner, { body: ready.body, answer, createdAt, days });
  }
  context.metrics.observeOverhead("admission", performance.now() - ready.readAt);

  const call = beginMeteredCall(context, exchange, ready);
  try {
    await answerCall(context, exchange, call, {
      prepared,
      reply: createReply(context, ready, exchange.requestId),
      warnings: [...parsed.warnings, ...prepared.warnings],
    });
  } catch (error) {
    const told =
      error instanceof ApiError ? error : new ApiError("internal", "The gateway failed.", { cause: error });
    await call.settle({ kind: "failed", error: told });
    throw error instanceof ImageError ? error.inField(parsed.imageField(error.imageUrl)) : error;
  } finally {
    call.end();
  }
}

/** Before admission, so that it costs no quota. */
function refuseWhileUpstreamsFail({ pool }: GatewayContext, { res }: Exchange): void {
  const refused = refusalOf(pool);
  if (!refused) return;
  res.setHeader("x-aig-attempts", "0");
  throw refused;
}

function requireModel(id: string): Model {
  const model = getModel(id);
  if (model) return model;
  throw new ApiError("model_not_found", `There is no model \`${id}\`. GET /v1/models lists what there is.`, {
    param: "model",
  });
}

interface CallToAdmit {
  payer: Payer;
  tag: string;
  model: Model;
  prepared: PreparedCall;
  chat: ChatRequest;
  dialect: Dialect;
}

async function admitCall(context: GatewayContext, exchange: Exchange, call: CallToAdmit): Promise<Admitted> {
  const { model, chat } = call;
  exchange.facts.model = model.id;
  // The row's time and its prices are of one moment.
  const now = new Date(context.now());
  const prices = await context.prices.at(model, now);
  const admission = await inSpan(exchange.span, "admit", () =>
    context.metering.admit({
      requestId: exchange.requestId,
      payer: call.payer,
      model: model.id,
      prices,
      endpoint: call.dialect.endpoint,
      stream: call.prepared.stream,
      tag: call.tag,
      reserveNanoUsd: mostItMayCost(chat, model, prices),
      limits: context.config.limits,
      processId: context.config.processId,
      now,
    }),
  );
  if (admission.rate) setRateHeaders(exchange, admission.rate);
  if (admission.ok) return admission;
  if (admission.reason === "invalid_key") throw await refusedPayer(context, call.payer);
  throw refusal(context, exchange, { ...admission, reason: admission.reason }, model);
}

/** What budgets hold back for a call while it runs. */
function mostItMayCost(chat: ChatRequest, model: Model, prices: ModelPrices): bigint {
  const asked = chat.max_completion_tokens ?? chat.max_tokens ?? model.maxOutputTokens;
  const promptTokens = Math.min(boundPromptTokens(chat), model.contextTokens);
  const completionTokens = Math.min(asked, model.maxOutputTokens);
  return costOf({ promptTokens, cachedTokens: 0, completionTokens }, prices);
}

function refusal(
  context: GatewayContext,
  exchange: Exchange,
  refused: Refused & { reason: Exclude<RefusalReason, "invalid_key"> },
  model: Model,
): ApiError {
  const retryAfterS = refused.retryAfterS ?? 1;
  switch (refused.reason) {
    case "key_disabled":
      return keyDisabled();
    case "scope_exceeded":
      return new ApiError("scope_exceeded", `This key may not use the model \`${model.id}\`.`, {
        param: "model",
      });
    case "budget_exceeded":
      if (refused.budgetHolderId) noteRefusedBudget(refused.budgetHolderId);
      return new ApiError(
        "budget_exceeded",
        "What is left of the budget of this key or account may not cover this request. It was not sent and is not charged.",
      );
    case "rate_limited":
      return new ApiError(
        "rate_limited",
        `This key has made its ${refused.rate?.limit ?? "allowed"} requests of the last minute. Wait ${retryAfterS} s.`,
        { retryAfterS },
      );
    case "daily_quota_exceeded": {
      const limit = refused.quotaLimit ?? context.config.limits.trialRequestsPerDay;
      // The limit that was met, not the minute's, of which some may be left.
      setRateHeaders(exchange, { limit, remaining: 0, resetMs: retryAfterS * 1000 });
      return new ApiError(
        "daily_quota_exceeded",
        `The account's ${limit} free requests of this UTC day are used up. They return at 00:00 UTC, in ${retryAfterS} s.`,
        { retryAfterS },
      );
    }
  }
}
