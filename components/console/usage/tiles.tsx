import type { ReactNode } from "react";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Money } from "#components/ui/money.tsx";
import type { QuotaToday, UsageTotals } from "#lib/usage/reports.ts";
import { changeInWords, countOf, formatCount } from "./format-usage.ts";
import { TimeLeft } from "./time-left.tsx";

export interface TilesProps {
  /** Null on a plan without a daily quota. */
  quota: QuotaToday | null;
  totals: UsageTotals;
  before: UsageTotals;
}

const period = "the 30 days before";

/** The figures of the last 30 days, and what is left of today. */
export function Tiles({ quota, totals, before }: TilesProps) {
  return (
    <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      <QuotaTile quota={quota} />
      <SpendTile totals={totals} before={before} trial={quota !== null} />
      <RequestsTile totals={totals} before={before} />
      <TokensTile totals={totals} />
    </dl>
  );
}

interface TileProps {
  title: string;
  value: ReactNode;
  unit?: ReactNode;
  children: ReactNode;
}

function Tile({ title, value, unit, children }: TileProps) {
  return (
    <div className="flex min-w-0 flex-col rounded-card border border-border p-4">
      <dt className="text-13 text-muted">{title}</dt>
      <dd className="figures mt-1 flex min-w-0 flex-1 flex-col">
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          <span className="font-semibold text-28">{value}</span>
          {unit !== undefined && <span className="text-13 text-muted">{unit}</span>}
        </p>
        <div className="mt-2 flex flex-1 flex-col gap-1 text-13 text-muted">{children}</div>
      </dd>
    </div>
  );
}

function QuotaTile({ quota }: { quota: QuotaToday | null }) {
  if (!quota) {
    return (
      <Tile title="Requests today" value="No daily quota">
        <p>The paid plan is limited by the minute only.</p>
      </Tile>
    );
  }
  const { remaining, limit, resetsAt } = quota;
  const tone = remaining === 0 ? "danger" : remaining * 10 <= limit ? "warning" : "accent";
  return (
    <Tile title="Free requests left today" value={formatCount(remaining)} unit={`of ${formatCount(limit)}`}>
      <Meter
        label="Free requests left today"
        value={remaining}
        max={limit}
        valueText={`${remaining} of ${limit}`}
        tone={tone}
      />
      <p className="mt-1">
        {remaining === 0 ? "The next ones come" : "Starts anew"} in <TimeLeft untilMs={resetsAt.getTime()} />,
        at 00:00 UTC.
      </p>
    </Tile>
  );
}

type SpendTileProps = { totals: UsageTotals; before: UsageTotals; trial: boolean };

function SpendTile({ totals: { costNanoUsd }, before, trial }: SpendTileProps) {
  const change = changeInWords(Number(costNanoUsd), Number(before.costNanoUsd), period);
  const exact = formatMoneyExact(costNanoUsd);
  const isRounded = exact !== formatMoney(costNanoUsd);
  return (
    <Tile title="Spend, last 30 days" value={<Money nanoUsd={costNanoUsd} />}>
      {isRounded && <p>{exact} exactly</p>}
      {change !== null && <p>{change}</p>}
      {trial && <p>Metered only: on the trial plan nothing is charged.</p>}
    </Tile>
  );
}

function RequestsTile({ totals, before }: { totals: UsageTotals; before: UsageTotals }) {
  const { requests, failures, bySource } = totals;
  const change = changeInWords(requests, before.requests, period);
  return (
    <Tile title="Requests, last 30 days" value={formatCount(requests)}>
      <p>
        {formatCount(bySource.api.requests)} by API, {formatCount(bySource.chat.requests)} by chat
      </p>
      {failures > 0 && (
        <p className="text-danger">
          {formatCount(failures)} did not succeed ({Math.max(1, Math.round((failures / requests) * 100))} %)
        </p>
      )}
      {change !== null && <p>{change}</p>}
    </Tile>
  );
}

function TokensTile({ totals }: { totals: UsageTotals }) {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = totals;
  const kinds = [
    { name: "Prompt", tokens: promptTokens, inner: false },
    { name: "of it cached", tokens: cachedTokens, inner: true },
    { name: "Completion", tokens: completionTokens, inner: false },
    { name: "of it reasoning", tokens: reasoningTokens, inner: true },
  ];
  return (
    <Tile title="Tokens, last 30 days" value={formatCount(promptTokens + completionTokens)}>
      <ul aria-label="Tokens by kind">
        {kinds.map(({ name, tokens, inner }) => (
          <li key={name} className="flex justify-between gap-3" title={countOf(tokens, "token")}>
            <span className={inner ? "pl-3" : undefined}>{name}</span>
            <span className={inner ? undefined : "text-foreground"}>{formatCount(tokens)}</span>
          </li>
        ))}
      </ul>
    </Tile>
  );
}
