import { formatMoney } from "#components/ui/format-money.ts";
import { note, paragraph, type Section } from "../blocks.ts";
import { count, type SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function startSections(facts: SectionFacts): Section[] {
  return [introduction(facts), freeTier(facts), quickstart(facts), modelCard(facts)];
}

function introduction({ model, baseUrl, offline, provider }: SectionFacts): Section {
  return {
    id: "introduction",
    title: "What it is",
    blocks: [
      paragraph(
        `${model.name} is Moonshot's open-weight model for agents: it thinks before it answers, calls tools, sees images and reads up to ${count(model.contextTokens)} tokens. This installation serves it at \`${baseUrl}/v1\` in the shape of OpenAI's API, so any client that lets you set a base URL works: the OpenAI SDKs, the Vercel AI SDK, LangChain, Cursor, Cline and others.`,
      ),
      offline
        ? note(
            "**No upstream is connected here yet.** What answers is the offline stand-in: a small program without a language model. It speaks the whole protocol (thinking, streaming, tools, JSON, images, token counts), so you can build against it, but its answers are not Kimi's. [Connect the real model](#connect).",
          )
        : paragraph(
            `Requests are served by the upstream \`${provider}\`; each response names it in \`x-aig-provider\`.`,
          ),
    ],
  };
}

function freeTier({ limits, baseUrl }: SectionFacts): Section {
  return {
    id: "free-tier",
    title: "Free tier",
    blocks: [
      paragraph(
        `An account on the trial plan has **${count(limits.trialRequestsPerDay)} requests per day**, shared by its keys and its chat, and needs no card. The day begins at 00:00 UTC. Requests are metered at the prices below, so you see what they would cost; on the trial plan nothing is charged.`,
      ),
      paragraph(`[Sign up](${baseUrl}/signup) and the first key is shown at once.`),
    ],
  };
}

function quickstart({ snippets, baseUrl }: SectionFacts): Section {
  return {
    id: "quickstart",
    title: "Quickstart (60 seconds)",
    blocks: [
      paragraph(`[Sign up](${baseUrl}/signup), copy the key that is shown, and put it into the environment:`),
      codeOf(snippets, "quickstart-key"),
      paragraph("Then change the base URL of the client you have, or paste one of these:"),
      codeOf(snippets, "quickstart-python", "quickstart-node", "quickstart-curl"),
      paragraph(
        `The packages are \`pip install openai\` for Python and \`npm install openai\` for Node. Keys are listed, made and revoked on the [keys page](${baseUrl}/keys).`,
      ),
    ],
  };
}

const perMillion = (nanoUsd: number) => `${formatMoney(BigInt(nanoUsd) * 1_000_000n)} per million tokens`;

function modelCard({ model, snippets }: SectionFacts): Section {
  const { capabilities, prices } = model;
  const able = [
    capabilities.streaming && "streaming",
    capabilities.reasoning && "extended reasoning",
    capabilities.tools && "tool calling",
    capabilities.jsonMode && "JSON mode",
    capabilities.vision && "vision",
  ].filter((name) => name !== false);
  return {
    id: "model-card",
    title: "Model card",
    blocks: [
      {
        kind: "table",
        label: "Model card",
        columns: [{ title: "Field" }, { title: "Value" }],
        rows: [
          ["Model id", `\`${model.id}\``],
          ["Made by", model.ownedBy === "moonshot" ? "Moonshot" : model.ownedBy],
          ["Released", new Date(model.created * 1000).toISOString().slice(0, 10)],
          ["Context window", `${count(model.contextTokens)} tokens, input and output together`],
          ["Longest output", `${count(model.maxOutputTokens)} tokens, thinking included`],
          ["Input", model.inputModalities.join(", ")],
          ["Output", "text"],
          ["Abilities", able.join(", ")],
          ["Price of input", perMillion(prices.inputNanoUsd)],
          ["Price of cached input", perMillion(prices.cachedInputNanoUsd)],
          ["Price of output", perMillion(prices.outputNanoUsd)],
        ],
      },
      paragraph("The same facts for programs:"),
      codeOf(snippets, "models-curl"),
    ],
  };
}
