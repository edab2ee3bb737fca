import type { ChatRequest } from "#lib/wire/chat-completions.ts";
import { readContinuation } from "./continuation.ts";
import { composeJson } from "./json-answer.ts";
import { type Prompt, readPrompt, type Surroundings } from "./prompt.ts";
import { composeReasoning } from "./reasoning.ts";
import { type Reply, say } from "./reply.ts";
import { fallback } from "./skills/fallback.ts";
import { skills } from "./skills/skills.ts";
import { answerFromToolResults } from "./tools/answer-from-results.ts";
import { planToolCalls } from "./tools/plan-tool-calls.ts";
import type { Turn } from "./turn.ts";

/** What the stand-in says to a conversation, before limits. An answer that broke off is gone on with, not repeated. */
export function composeTurn(request: ChatRequest, surroundings: Surroundings): Turn {
  const continuation = readContinuation(request);
  if (continuation !== null) {
    const turn = compose(continuation.request, surroundings);
    const { given } = continuation;
    const isPartOfIt = turn.content.startsWith(given) && turn.content.length > given.length;
    if (isPartOfIt) return { ...turn, content: turn.content.slice(given.length) };
  }
  return compose(request, surroundings);
}

function compose(request: ChatRequest, surroundings: Surroundings): Turn {
  const prompt = readPrompt(request, surroundings);
  const thinks = request.thinking?.type !== "disabled";
  const plan = planToolCalls(request, prompt);
  if (plan !== null) {
    const reply: Reply = { intent: plan.intent, notes: plan.notes, answer: "", bare: true };
    return { reasoning: thinks ? composeReasoning(prompt, reply) : "", content: "", toolCalls: plan.calls };
  }
  const reply = composeJson(request, prompt) ?? answer(prompt);
  return {
    reasoning: thinks ? composeReasoning(prompt, reply) : "",
    content: reply.bare === true ? reply.answer : `${reply.answer}\n\n${signature(prompt)}`,
    toolCalls: [],
  };
}

function answer(prompt: Prompt): Reply {
  if (prompt.toolResults.length > 0) return answerFromToolResults(prompt);
  for (const skill of skills) {
    const reply = skill(prompt);
    if (reply !== null) return reply;
  }
  return fallback(prompt);
}

function signature(prompt: Prompt): string {
  return prompt.earlier.length === 0
    ? say(
        prompt,
        "*Answered by the offline stand-in, not by Kimi K2.6: no upstream is connected. Set `UPSTREAM_BASE_URL` and `UPSTREAM_API_KEY` to connect the real model.*",
        "*由离线替身回答，并非 Kimi K2.6:尚未连接上游。设置 `UPSTREAM_BASE_URL` 和 `UPSTREAM_API_KEY` 即可连接真正的模型。*",
      )
    : say(
        prompt,
        "*Answered by the offline stand-in, not by Kimi K2.6.*",
        "*由离线替身回答，并非 Kimi K2.6。*",
      );
}
