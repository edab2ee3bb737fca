import { useTranslations } from "next-intl";
import { classNames } from "./class-names.ts";
import { formatMoney, formatMoneyExact } from "./format-money.ts";

export interface MoneyProps {
  nanoUsd: bigint | string;
  /** The same number of decimals for every figure of a column. */
  fractionDigits?: number | undefined;
  className?: string | undefined;
}

/** An amount, rounded to what carries meaning; the exact one on hover. */
export function Money({ nanoUsd, fractionDigits, className }: MoneyProps) {
  const t = useTranslations("common");
  return (
    <data
      value={nanoUsd.toString()}
      title={t("exactly", { amount: formatMoneyExact(nanoUsd) })}
      className={classNames("figures whitespace-nowrap", className)}
    >
      {formatMoney(nanoUsd, fractionDigits)}
    </data>
  );
}
