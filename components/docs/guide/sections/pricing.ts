import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { type CostLines, costLinesOf } from "#lib/usage/cost.ts";
import { costOfLoop } from "../agent-loop.ts";
import { note, paragraph, type Section } from "../blocks.ts";
import { count, maxBodyMiB, type SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function pricingSections(facts: SectionFacts): Section[] {
  return [pricing(facts), limits(facts)];
}

const example = { promptTokens: 500, completionTokens: 300 };
const loop = { turns: 10, prefixTokens: 6000, newTokens: 500, outputTokens: 300 };

function pricing({ model, snippets, baseUrl }: SectionFacts): Section {
  const { prices } = model;
  const plain = costLinesOf({ ...example, cachedTokens: 0 }, prices);
  const cached = costLinesOf({ ...example, cachedTokens: 448 }, prices);
  const loopCost = costOfLoop(loop, prices);
  const million = (nanoUsd: number) => formatMoney(BigInt(nanoUsd) * 1_000_000n);
  const turnsPerUsd = 1_000_000_000n / plain.totalNanoUsd;
  return {
    id: "pricing",
    title: "Pricing, with a worked example",
    blocks: [
      paragraph(
        `Input costs ${million(prices.inputNanoUsd)} per million tokens, input read from the prompt cache ${million(prices.cachedInputNanoUsd)}, output ${million(prices.outputNanoUsd)}. Thinking is output. The arithmetic is in whole billionths of a dollar and never rounded: (input − cached) × input price + cached × cached price + output × output price.`,
      ),
      {
        kind: "table",
        label: "Worked example",
        columns: [
          { title: "A turn of 500 tokens in, 300 out" },
          { title: "Input", numeric: true },
          { title: "Cached", numeric: true },
          { title: "Output", numeric: true },
          { title: "Cost", numeric: true },
        ],
        rows: [exampleRow("nothing cached", plain), exampleRow("448 of the 500 cached", cached)],
      },
      paragraph(`At the first line's cost, one dollar pays for ${turnsPerUsd} turns.`),
      paragraph(
        `An agent sends its whole conversation again in every turn, so most of its input is cached. A loop of ${loop.turns} turns with ${count(loop.prefixTokens)} tokens of system prompt and tools, ${loop.newTokens} new tokens in and ${loop.outputTokens} out per turn costs **${formatMoneyExact(loopCost.cached)}**; without the cache it would cost ${formatMoneyExact(loopCost.uncached)}. Caching needs no setting: keep the beginning of the conversation unchanged.`,
      ),
      paragraph(
        `Every request is listed with its tokens and its exact cost on the [usage page](${baseUrl}/usage), and for programs under the id that came in \`x-request-id\`:`,
      ),
      codeOf(snippets, "record-curl"),
      note("On the trial plan nothing is charged; the cost shown is what the request is metered at."),
    ],
  };
}

function exampleRow(label: string, lines: CostLines): string[] {
  const amounts = [lines.inputNanoUsd, lines.cachedInputNanoUsd, lines.outputNanoUsd, lines.totalNanoUsd];
  return [label, ...amounts.map((amount) => formatMoneyExact(amount))];
}

function limits({ limits: plan, model }: SectionFacts): Section {
  return {
    id: "limits",
    title: "Limits",
    blocks: [
      {
        kind: "table",
        label: "Limits",
        columns: [{ title: "Limit" }, { title: "Trial", numeric: true }, { title: "Paid", numeric: true }],
        rows: [
          ["Requests per UTC day and account", count(plan.trialRequestsPerDay), "none"],
          [
            "Requests per minute and key (the chat counts as one key)",
            count(plan.trialRequestsPerMinute),
            count(plan.paidRequestsPerMinute),
          ],
          ["Context, input and output together", ...twice(`${count(model.contextTokens)} tokens`)],
          ["Output, thinking included", ...twice(`${count(model.maxOutputTokens)} tokens`)],
          ["Request body", ...twice(`${maxBodyMiB} MiB`)],
        ],
      },
      paragraph(
        "The minute is a rolling window of 60 seconds. A request over a limit is answered with 429 and `Retry-After` in seconds, and counts for nothing. Requests that fail before they reach the model (a bad body, an unknown key) do not count either.",
      ),
    ],
  };
}

const twice = (text: string) => [text, text];
