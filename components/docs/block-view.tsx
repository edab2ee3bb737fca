import { CodeBlock } from "#components/ui/code-block.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { type TabItem, Tabs } from "#components/ui/tabs.tsx";
import type { Block, IdentifiedSnippet } from "./guide/blocks.ts";
import { InlineText } from "./inline-text.tsx";

/** One block of a guide. */
export function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "paragraph":
      return (
        <p className="text-pretty">
          <InlineText text={block.text} />
        </p>
      );
    case "note":
      return (
        <aside className="text-pretty rounded-card border border-border bg-surface px-4 py-3 text-14 text-muted">
          <InlineText text={block.text} />
        </aside>
      );
    case "list":
      return <ListView block={block} />;
    case "table":
      return <TableView block={block} />;
    case "code":
      return <CodeView snippets={block.snippets} />;
  }
}

function ListView({ block }: { block: Extract<Block, { kind: "list" }> }) {
  const items = block.items.map((item) => (
    <li key={item} className="text-pretty pl-1">
      <InlineText text={item} />
    </li>
  ));
  const look = "flex flex-col gap-1.5 pl-5 marker:text-muted";
  return block.ordered === true ? (
    <ol className={`list-decimal ${look}`}>{items}</ol>
  ) : (
    <ul className={`list-disc ${look}`}>{items}</ul>
  );
}

/** Sentences need room to be read; codes and names do not break. */
const longText = 36;

function TableView({ block }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    <Table label={block.label} className="max-h-none!">
      <TableHead>
        {block.columns.map(({ title, numeric }) => (
          <Th key={title} numeric={numeric}>
            {title}
          </Th>
        ))}
      </TableHead>
      <tbody>
        {block.rows.map((row) => (
          <Tr key={row.join("\n")} className="[&>td]:align-top">
            {block.columns.map(({ title, numeric }, index) => {
              const text = row[index] ?? "";
              return (
                <Td
                  key={title}
                  numeric={numeric}
                  className={text.length > longText ? "min-w-52 text-pretty" : undefined}
                >
                  <InlineText text={text} />
                </Td>
              );
            })}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function CodeView({ snippets }: { snippets: readonly [IdentifiedSnippet, ...IdentifiedSnippet[]] }) {
  const [first, ...others] = snippets;
  if (others.length === 0) return <SnippetView snippet={first} />;
  return <Tabs label="Language" items={[tabOf(first), ...others.map(tabOf)]} />;
}

function tabOf(snippet: IdentifiedSnippet): TabItem {
  return { value: snippet.id, label: snippet.label, content: <SnippetView snippet={snippet} /> };
}

function SnippetView({ snippet: { code, label } }: { snippet: IdentifiedSnippet }) {
  return <CodeBlock code={code} what={label} />;
}
