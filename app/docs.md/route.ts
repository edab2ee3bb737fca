import { getKimiGuide } from "#app/(public)/docs/get-guide.ts";
import { handle } from "#app/api/handle.ts";
import { toMarkdown } from "#components/docs/guide/to-markdown.ts";

/** The guide as Markdown, for programs and for reading in an editor. */
export const GET = handle(async () => {
  return new Response(toMarkdown(await getKimiGuide()), {
    headers: { "content-type": "text/markdown; charset=utf-8" },
  });
});
