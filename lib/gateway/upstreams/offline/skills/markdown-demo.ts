import { type Skill, say } from "../reply.ts";

const demo = `# A Markdown demo

Text can be **bold**, *italic*, ~~struck~~ or \`code\`, and carry a [link](https://commonmark.org).

## A table

| Chunk | Field | Says |
|---|---|---|
| 1 | \`delta.role\` | who speaks |
| 2 | \`delta.reasoning_content\` | the thinking |
| 3 | \`delta.content\` | the answer |
| 4 | \`finish_reason\` | why it ended |

## Lists

1. First
2. Second
   - with a branch
   - and another
3. Third

- [x] done
- [ ] to do

## Code

\`\`\`typescript
interface Chunk {
  choices: { delta: { content?: string; reasoning_content?: string } }[];
}

export function textOf(chunks: Chunk[]): string {
  return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
}
\`\`\`

## A quotation

> A stream is a promise kept a little at a time.

---

That was a heading of each kind, a table, lists, code, a quotation and a rule.`;

/** Every element of Markdown once, to see how they are drawn while they stream. */
export const markdownDemo: Skill = (prompt) => {
  const asked =
    /\bmarkdown\b|\b(show|make|draw|give|write|example of|demo)\b.*\b(table|bullet list|code block|formatting)\b|表格|演示/i;
  if (!asked.test(prompt.ask) || prompt.text.length > 200) return null;
  return {
    intent: say(prompt, "They want to see formatted text.", "想看排版效果。"),
    notes: [
      say(
        prompt,
        "A page with each element once shows most: headings, a table, lists, code, a quotation. I keep it to the stream format that this conversation itself uses, so the content is true.",
        "每种元素各出现一次最清楚：标题、表格、列表、代码、引用。",
      ),
    ],
    answer: demo,
  };
};
