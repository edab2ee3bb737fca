import { useTranslations } from "next-intl";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { costLinesOf } from "#lib/usage/cost.ts";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { useUsageFormat } from "../usage/use-usage-format.ts";

const nanoDigits = 9;

/** How a request's cost came about: tokens of each kind, at the prices in force when it was admitted. */
export function Receipt({ request }: { request: MeteredRequest }) {
  const t = useTranslations("requests.receipt");
  const common = useTranslations("common");
  const format = useUsageFormat();
  const { usage, prices, costNanoUsd, status, estimated } = request;
  if (status === "reserved") {
    return <p className="text-muted">{t("running")}</p>;
  }
  if (usage.promptTokens + usage.completionTokens === 0) {
    return <p className="text-muted">{t("nothing")}</p>;
  }
  const cost = costLinesOf(usage, prices);
  const lines = [
    {
      name: t("prompt"),
      tokens: usage.promptTokens - usage.cachedTokens,
      price: prices.inputNanoUsd,
      amount: cost.inputNanoUsd,
    },
    {
      name: t("cached"),
      tokens: usage.cachedTokens,
      price: prices.cachedInputNanoUsd,
      amount: cost.cachedInputNanoUsd,
    },
    {
      name: t("completion"),
      tokens: usage.completionTokens,
      price: prices.outputNanoUsd,
      amount: cost.outputNanoUsd,
      ofIt: t("reasoning", { count: format.count(usage.reasoningTokens) }),
    },
  ];
  return (
    <section aria-labelledby="receipt-title">
      <h3 id="receipt-title" className="mb-2 text-14">
        {t("title")}
      </h3>
      <table className="figures w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("tokens")}</th>
            <th scope="col">{t("amount")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, tokens, price, amount, ofIt }) => (
            <tr key={name} className="align-top [&>td]:border-border [&>td]:border-b [&>td]:py-2">
              <td>
                {name}
                <span className="block text-13 text-muted">
                  {t("price", {
                    count: format.count(tokens),
                    nano: format.count(price),
                    price: formatMoney(BigInt(price) * 1_000_000n),
                  })}
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
              {t("cost")}
            </th>
            <td className="text-right" title={common("exactly", { amount: formatMoneyExact(costNanoUsd) })}>
              {formatMoney(costNanoUsd, nanoDigits)}
            </td>
          </tr>
        </tfoot>
      </table>
      {cost.totalNanoUsd !== costNanoUsd && (
        <p role="alert" className="mt-2 text-13 text-danger">
          {t("differs", { amount: formatMoneyExact(cost.totalNanoUsd) })}
        </p>
      )}
      {estimated && <p className="mt-2 text-pretty text-13 text-muted">{t(`estimated.${status}`)}</p>}
    </section>
  );
}
