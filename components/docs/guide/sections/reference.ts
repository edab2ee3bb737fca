import type { Benchmark } from "#lib/models/model.ts";
import { type ErrorCode, errorTable } from "#lib/wire/errors.ts";
import { paragraph, type Section } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";

export function referenceSections(facts: SectionFacts): Section[] {
  return [benchmarks(facts), errors()];
}

const groups = {
  agents: "Agents",
  coding: "Coding",
  reasoning: "Reasoning",
  vision: "Vision",
} satisfies Record<Benchmark["group"], string>;

function benchmarks({ model }: SectionFacts): Section {
  const { source, note: conditions, scores } = model.benchmarks;
  return {
    id: "benchmarks",
    title: "Benchmarks",
    blocks: [
      paragraph(`${conditions} Source: [${new URL(source).host}](${source}). Nothing was measured here.`),
      {
        kind: "table",
        label: "Benchmarks",
        columns: [{ title: "Benchmark" }, { title: "Field" }, { title: "Score", numeric: true }],
        rows: scores.map(({ name, group, score }) => [name, groups[group], score.toFixed(1)]),
      },
    ],
  };
}

/** Codes that only the pages' own calls meet. */
const notOfTheApi: ReadonlySet<string> = new Set<ErrorCode>([
  "not_signed_in",
  "wrong_credentials",
  "foreign_origin",
  "email_taken",
  "generation_running",
]);

function errors(): Section {
  const rows = Object.entries(errorTable).filter(([code]) => !notOfTheApi.has(code));
  return {
    id: "errors",
    title: "Common errors",
    blocks: [
      paragraph(
        'Errors have OpenAI\'s shape, `{"error": {"message", "type", "param", "code"}}`, with all four fields. Go by `code`; `message` is for people and may change.',
      ),
      {
        kind: "table",
        label: "Errors",
        columns: [
          { title: "Status", numeric: true },
          { title: "Code" },
          { title: "Meaning" },
          { title: "What to do" },
          { title: "Retry" },
        ],
        rows: rows.map(([code, { status, meaning, whatToDo, retryable }]) => [
          String(status),
          `\`${code}\``,
          meaning,
          whatToDo,
          retryable ? "yes" : "no",
        ]),
      },
    ],
  };
}
