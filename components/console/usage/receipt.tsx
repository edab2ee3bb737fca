import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { costLinesOf } from "#lib/usage/cost.ts";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { formatCount } from "./format-usage.ts";

const nanoDigits = 9;

/** How a request's cost came about: tokens of each kind, at the prices in force when it was admitted. */
export function Receipt({ request }: { request: MeteredRequest }) {
  const { usage, prices, costNanoUsd, status, estimated } = request;
  if (status === "reserved") {
    return <p className="text-muted">It is still running. Tokens and cost follow when it ends.</p>;
  }
  if (usage.promptTokens + usage.completionTokens === 0) {
    return <p className="text-muted">No tokens were reported, so it costs nothing.</p>;
  }
  const cost = costLinesOf(usage, prices);
  const lines = [
    {
      name: "Prompt, not cached",
      tokens: usage.promptTokens - usage.cachedTokens,
      price: prices.inputNanoUsd,
      amount: cost.inputNanoUsd,
    },
    {
      name: "Prompt, cached",
      tokens: usage.cachedTokens,
      price: prices.cachedInputNanoUsd,
      amount: cost.cachedInputNanoUsd,
    },
    {
      name: "Completion",
      tokens: usage.completionTokens,
      price: prices.outputNanoUsd,
      amount: cost.outputNanoUsd,
      ofIt: `${formatCount(usage.reasoningTokens)} of them reasoning`,
    },
  ];
  return (
    <section aria-labelledby="receipt-title">
      <h3 id="receipt-title" className="mb-2 text-14">
        Receipt
      </h3>
      <table className="figures w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">Tokens and price</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, tokens, price, amount, ofIt }) => (
            <tr key={name} className="align-top [&>td]:border-border [&>td]:border-b [&>td]:py-2">
              <td>
                {name}
                <span className="block text-13 text-muted">
                  {formatCount(tokens)} × {formatMoney(BigInt(price) * 1_000_000n)} per million
                </span>
                {ofIt !== undefined && <span className="block text-13 text-muted">{ofIt}</span>}
              </td>
              <td className="text-right">{formatMoney(amount, nanoDigits)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold [&>*]:pt-2.5">
            <th scope="row" className="text-left font-semibold">
              Cost
            </th>
            <td className="text-right" title={`${formatMoneyExact(costNanoUsd)} exactly`}>
              {formatMoney(costNanoUsd, nanoDigits)}
            </td>
          </tr>
        </tfoot>
      </table>
      {estimated && (
        <p className="mt-2 text-pretty text-13 text-muted">
          The upstream did not report its tokens, so they were counted here.
        </p>
      )}
    </section>
  );
}
