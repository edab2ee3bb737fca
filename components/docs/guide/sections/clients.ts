import { paragraph, type Section, steps } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function clientSections(facts: SectionFacts): Section[] {
  return [cursor(facts), cline(facts), langchain(facts), aiSdk(facts)];
}

function cursor({ snippets, baseUrl, model }: SectionFacts): Section {
  return {
    id: "cursor",
    title: "Cursor",
    blocks: [
      steps(
        `Copy a key from the [keys page](${baseUrl}/keys).`,
        "In Cursor, open Settings → Models, turn on **Override OpenAI Base URL** and fill in:",
        `Choose \`${model.id}\` in the chat.`,
      ),
      codeOf(snippets, "cursor-settings"),
      paragraph(
        "Chat and agent then use this installation. Tab completion stays with Cursor's own models. Cursor calls the base URL from its own servers: it works only where this installation is reachable from the internet.",
      ),
    ],
  };
}

function cline({ snippets }: SectionFacts): Section {
  return {
    id: "cline",
    title: "Cline",
    blocks: [
      paragraph("In Cline's settings, choose **OpenAI Compatible** as API provider:"),
      codeOf(snippets, "cline-settings"),
      paragraph("Cline calls from your own machine; a local address works."),
    ],
  };
}

function langchain({ snippets }: SectionFacts): Section {
  return {
    id: "langchain",
    title: "LangChain",
    blocks: [codeOf(snippets, "langchain-python", "langchain-node")],
  };
}

function aiSdk({ snippets }: SectionFacts): Section {
  return {
    id: "ai-sdk",
    title: "Vercel AI SDK",
    blocks: [
      paragraph("`npm install ai @ai-sdk/openai`, then:"),
      codeOf(snippets, "ai-sdk"),
      paragraph("To read the thinking as well, tell the SDK that this model reasons:"),
      codeOf(snippets, "ai-sdk-reasoning"),
      paragraph(
        "The provider calls `/v1/responses`. `aigateway.chat(…)` calls `/v1/chat/completions` and works too, but that part of the SDK drops the thinking.",
      ),
    ],
  };
}
