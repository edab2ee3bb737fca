import { note, paragraph, type Section } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function visionSection({ snippets, offline }: SectionFacts): Section {
  return {
    id: "vision",
    title: "Vision input",
    blocks: [
      paragraph("Images are parts of a message's `content`, as data URIs in PNG, JPEG, WebP or GIF:"),
      codeOf(snippets, "vision-node", "vision-python"),
      paragraph("The body it sends, with a picture of 16 by 16 pixels:"),
      codeOf(snippets, "vision-body"),
      note(
        "An `https` address is passed on to the upstream as it is; the gateway does not fetch it. Moonshot's own API refuses addresses, so send the bytes.",
      ),
      ...(offline
        ? [
            note(
              "**Offline stand-in:** it decodes the picture and reports format, size and dominant colours. It cannot tell what is shown, and it fetches no addresses.",
            ),
          ]
        : []),
    ],
  };
}
