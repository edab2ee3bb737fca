import { list, paragraph, type Section } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

const offlineAbilities = list(
  "Thinks aloud, then answers. It answers arithmetic, dates, counting and rewriting of text, and some common code from rules; to the rest it says what it understood and that it cannot answer.",
  "Streams at a readable pace, honours `stop` and token limits, counts tokens, and reports cached tokens for a prefix it has seen within ten minutes.",
  "Calls a tool whose name or description fits the message, with arguments valid against its schema, and reports the result it is given.",
  "Returns JSON for `response_format`; with a schema, an object valid against it, whose values come from the message or are the smallest that are valid.",
  "Decodes images and reports format, size and dominant colours. It cannot tell what they show.",
);

export function connectSection({ snippets, offline, provider, model }: SectionFacts): Section {
  const hosts = model.upstreamNames.map(({ host }) => `\`${host}\``).join(", ");
  return {
    id: "connect",
    title: "Connect the real model",
    blocks: [
      offline
        ? paragraph(
            "This installation has no upstream, so the offline stand-in answers. Whoever runs it connects the real model with two settings and a restart. With a key from Moonshot's platform:",
          )
        : paragraph(
            `This installation is connected to \`${provider}\`. Two settings decide it; after a change the program is started again. With a key from Moonshot's platform:`,
          ),
      codeOf(snippets, "connect-moonshot"),
      paragraph(
        `Any OpenAI-compatible API that serves the model will do. Hosts whose name for it is known: ${hosts}. For others, such as a vLLM of your own, name it:`,
      ),
      codeOf(snippets, "connect-vllm"),
      paragraph(
        "`UPSTREAMS_FILE` names a file with several upstreams: when one fails before its first byte the next takes over, and one that keeps failing is left alone for a while. `x-aig-attempts` counts the tries of a call.",
      ),
      paragraph(
        "Without these settings, an Ollama on the same machine that has a model named `kimi-k2…` is used; else the stand-in. Responses name the upstream in `x-aig-provider`.",
      ),
      paragraph("What the stand-in does:"),
      offlineAbilities,
      paragraph(
        "It never passes for Kimi: `system_fingerprint` and `x-aig-provider` say `offline`, and its answers say what they are.",
      ),
    ],
  };
}
