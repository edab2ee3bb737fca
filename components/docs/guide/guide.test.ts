import { describe, expect, test } from "vitest";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { errorTable } from "#lib/wire/errors.ts";
import { parseInline } from "./inline.ts";
import { kimiGuide } from "./kimi-k2-6.ts";
import { listSnippets } from "./snippets/list-snippets.ts";
import { toMarkdown } from "./to-markdown.ts";

const model = getModel(defaultModelId);
if (!model) throw new Error("the catalog has no default model");
const facts = {
  baseUrl: "https://kimi.test",
  model,
  limits: { trialRequestsPerDay: 123, trialRequestsPerMinute: 45, paidRequestsPerMinute: 678 },
  provider: "offline",
};
const guide = kimiGuide(facts);
const markdown = toMarkdown(guide);
const blocks = guide.sections.flatMap((section) => section.blocks);
const shown = blocks.flatMap((block) => (block.kind === "code" ? block.snippets : []));

describe("the guide", () => {
  test("has every section that it promises, each under an anchor of its own", () => {
    const ids = guide.sections.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      "introduction",
      "free-tier",
      "quickstart",
      "model-card",
      "request",
      "response",
      "streaming",
      "responses",
      "repeating",
      "tool-calling",
      "streaming-tool-calls",
      "cursor",
      "cline",
      "langchain",
      "ai-sdk",
      "vision",
      "pricing",
      "limits",
      "keys",
      "webhooks",
      "benchmarks",
      "errors",
      "connect",
    ]);
  });

  test("shows every snippet once", () => {
    expect(shown.map(({ id }) => id).toSorted()).toEqual(
      listSnippets(facts.baseUrl)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test("links within the page lead to a section", () => {
    const texts = blocks.flatMap((block) =>
      block.kind === "list" ? block.items : "text" in block ? [block.text] : [],
    );
    const anchors = texts
      .flatMap(parseInline)
      .flatMap((run) => (run.kind === "link" && run.href.startsWith("#") ? [run.href.slice(1)] : []));
    expect(anchors).not.toHaveLength(0);
    for (const anchor of anchors) expect(guide.sections.map(({ id }) => id)).toContain(anchor);
  });

  test("every table row has a cell for each column", () => {
    for (const block of blocks) {
      if (block.kind !== "table") continue;
      for (const row of block.rows) expect(row).toHaveLength(block.columns.length);
    }
  });

  test("tells this installation's address, limits and errors", () => {
    expect(markdown).toContain('base_url="https://kimi.test/v1"');
    for (const limit of ["123", "45", "678", "262,144", "16,384"]) expect(markdown).toContain(limit);
    for (const code of ["invalid_key", "budget_exceeded", "upstream_timeout"] as const) {
      expect(markdown).toContain(`| ${errorTable[code].status} | \`${code}\` |`);
    }
    expect(markdown).not.toContain("wrong_credentials");
  });

  test("the worked example is exact to the nano-dollar", () => {
    expect(markdown).toContain("| nothing cached | $0.000475 | $0.00 | $0.0012 | $0.001675 |");
    expect(markdown).toContain(
      "| 448 of the 500 cached | $0.0000494 | $0.00004256 | $0.0012 | $0.00129196 |",
    );
    expect(markdown).toContain("pays for 597 turns");
  });

  test("speaks of the stand-in's abilities in place only while it answers", () => {
    const connected = toMarkdown(kimiGuide({ ...facts, provider: "moonshot" }));
    expect(markdown).toContain("No upstream is connected here yet");
    expect(connected).not.toContain("No upstream is connected here yet");
    expect(connected).toContain("connected to `moonshot`");
  });
});
