import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModel } from "ai";
import { signPayToken } from "#lib/accounts/pay-token.ts";
import { defaultModelId } from "#lib/models/catalog.ts";
import type { Effort } from "../default-options.ts";
import type { ChatEnvironment } from "./environment.ts";

const tokenLifetimeMs = 60_000;

/**
 * The model behind the gateway, called as any client does and paid by the account. Each call carries a token of its own,
 * since a generation with tools may outlast any token. `onAnswer` sees the headers of every response.
 */
export function gatewayModel(
  environment: Pick<ChatEnvironment, "gatewayUrl" | "authSecret" | "fetch" | "now">,
  accountId: string,
  onAnswer: (headers: Headers) => void,
): LanguageModel {
  const { gatewayUrl, authSecret, now } = environment;
  const openai = createOpenAI({
    baseURL: `${gatewayUrl}/v1`,
    apiKey: "replaced for each call",
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      const token = signPayToken(authSecret, { accountId, now: now(), ttlMs: tokenLifetimeMs });
      headers.set("authorization", `Bearer ${token}`);
      const response = await environment.fetch(input, { ...init, headers });
      onAnswer(response.headers);
      return response;
    },
  });
  return openai(defaultModelId);
}

/** Options that make the SDK ask for thinking and hand it back on later turns; the gateway keeps no state. */
export function modelOptions(effort?: Effort | "none") {
  return {
    openai: {
      forceReasoning: true,
      store: false,
      reasoningSummary: "auto",
      include: ["reasoning.encrypted_content"],
      ...(effort === undefined ? {} : { reasoningEffort: effort }),
    },
  };
}
