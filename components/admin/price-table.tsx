import { useFormatter, useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/badge.tsx";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { ListedPrice } from "#lib/admin/price-list.ts";
import { WithdrawPrice } from "./withdraw-price.tsx";

const tones = { future: "accent", current: "positive", past: "neutral" } satisfies Record<string, Tone>;
const kinds = ["inputNanoUsd", "cachedInputNanoUsd", "outputNanoUsd"] as const;

/** The prices of a model, those to come above those that were. Times are UTC. */
export function PriceTable({ name, prices }: { name: string; prices: readonly ListedPrice[] }) {
  const t = useTranslations("admin.prices");
  const format = useFormatter();
  const moment = (at: Date) =>
    format.dateTime(at, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
  return (
    <div>
      <h2 className="mb-3 text-16">{name}</h2>
      <Table label={t("of", { name })}>
        <TableHead>
          <Th>{t("column.state")}</Th>
          <Th>{t("column.from")}</Th>
          <Th>{t("column.until")}</Th>
          {kinds.map((kind) => (
            <Th key={kind} numeric>
              {t(`column.${kind}`)}
            </Th>
          ))}
          <Th>
            <span className="sr-only">{t("column.acts")}</span>
          </Th>
        </TableHead>
        <tbody>
          {prices.map(({ id, prices: each, from, until, state }) => (
            <Tr key={id ?? "catalog"}>
              <Td>
                <Status tone={tones[state]}>{t("state", { state })}</Status>
              </Td>
              <Td className="figures whitespace-nowrap">{from ? moment(from) : t("catalog")}</Td>
              <Td className="figures whitespace-nowrap">{until ? moment(until) : "–"}</Td>
              {kinds.map((kind) => (
                <Td key={kind} numeric title={t("perToken", { nano: each[kind] })}>
                  {formatMoneyExact(BigInt(each[kind]) * 1_000_000n)}
                </Td>
              ))}
              <Td className="text-right">{id !== null && state === "future" && <WithdrawPrice id={id} />}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
