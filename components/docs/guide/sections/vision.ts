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
        "A public `http` or `https` address works too. For upstreams that take bytes only, such as Moonshot's own API, the gateway fetches it once the call is admitted: 20 MiB an image, 16 addresses and 32 MiB a request, 10 s, from the ports 80 and 443 of public hosts. What cannot be had is a 400 that names the image in `param`.",
      ),
      ...(offline
        ? [
            note(
              "**Offline stand-in:** it decodes the picture and reports format, size and dominant colours. It cannot tell what is shown.",
            ),
          ]
        : []),
    ],
  };
}
