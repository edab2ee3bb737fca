import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Money } from "#components/ui/money.tsx";
import type { QuotaToday } from "#lib/usage/reports.ts";
import type { UsagePanels } from "#lib/usage/usage-panels.ts";
import { compareFigures } from "./compare-figures.ts";
import { type Projection, projectMonth } from "./project-month.ts";
import { TimeLeft } from "./time-left.tsx";
import { useUsageFormat } from "./use-usage-format.ts";

export interface TilesProps {
  /** Null on a plan without a daily quota; left out where several accounts are shown. */
  quota?: QuotaToday | null | undefined;
  panels: Pick<UsagePanels, "current" | "before">;
  month: { spentNanoUsd: bigint; budgetNanoUsd: bigint | null; now: Date };
}

/** The figures of the range beside those of the period before, and what is left of the day and the month. */
export function Tiles({ quota, panels, month }: TilesProps) {
  return (
    <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      <SpendTile {...panels} trial={Boolean(quota)} />
      <RequestsTile {...panels} />
      <TokensTile {...panels} />
      <SavedTile {...panels} />
      <ErrorsTile {...panels} />
      <FirstTokenTile {...panels} />
      <MonthTile projection={projectMonth(month)} />
      {quota !== undefined && <QuotaTile quota={quota} />}
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

type Periods = TilesProps["panels"];

/** How a figure compares with the period before, in words. */
function Change({ current, before }: { current: number; before: number }) {
  const t = useTranslations("usage");
  const change = compareFigures(current, before);
  return change && <p>{t(`change.${change.kind}`, { amount: change.amount })}</p>;
}

function SpendTile({ current: { figures }, before, trial }: Periods & { trial: boolean }) {
  const t = useTranslations("usage");
  const exact = formatMoneyExact(figures.costNanoUsd);
  return (
    <Tile title={t("tiles.spend")} value={<Money nanoUsd={figures.costNanoUsd} />}>
      {exact !== formatMoney(figures.costNanoUsd) && <p>{t("tiles.exactly", { amount: exact })}</p>}
      <Change current={Number(figures.costNanoUsd)} before={Number(before.figures.costNanoUsd)} />
      {trial && <p>{t("tiles.trialMetered")}</p>}
    </Tile>
  );
}

function RequestsTile({ current: { figures }, before }: Periods) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  return (
    <Tile title={t("tiles.requests")} value={format.count(Number(figures.requests))}>
      <Change current={Number(figures.requests)} before={Number(before.figures.requests)} />
      {figures.estimated > 0n && <p>{t("tiles.estimated", { count: Number(figures.estimated) })}</p>}
    </Tile>
  );
}

function TokensTile({ current: { figures }, before }: Periods) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = figures;
  const kinds = [
    { name: t("tiles.prompt"), tokens: promptTokens, inner: false },
    { name: t("tiles.cached"), tokens: cachedTokens, inner: true },
    { name: t("tiles.completion"), tokens: completionTokens, inner: false },
    { name: t("tiles.reasoning"), tokens: reasoningTokens, inner: true },
  ];
  return (
    <Tile title={t("tiles.tokens")} value={format.count(Number(promptTokens + completionTokens))}>
      <ul aria-label={t("tiles.byKind")}>
        {kinds.map(({ name, tokens, inner }) => (
          <li key={name} className="flex justify-between gap-3">
            <span className={inner ? "pl-3" : undefined}>{name}</span>
            <span className={inner ? undefined : "text-foreground"}>{format.count(Number(tokens))}</span>
          </li>
        ))}
      </ul>
      <Change
        current={Number(promptTokens + completionTokens)}
        before={Number(before.figures.promptTokens + before.figures.completionTokens)}
      />
    </Tile>
  );
}

function SavedTile({ current: { figures }, before }: Periods) {
  const t = useTranslations("usage");
  const { savedNanoUsd, cachedTokens, promptTokens } = figures;
  const share = promptTokens > 0n ? Math.round((Number(cachedTokens) / Number(promptTokens)) * 100) : 0;
  return (
    <Tile title={t("tiles.saved")} value={<Money nanoUsd={savedNanoUsd} />}>
      <p>{t("tiles.cachedShare", { percent: share })}</p>
      <Change current={Number(savedNanoUsd)} before={Number(before.figures.savedNanoUsd)} />
    </Tile>
  );
}

function ErrorsTile({ current: { figures }, before }: Periods) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  const rate = ({ failures, requests }: Periods["current"]["figures"]) =>
    requests > 0n ? (Number(failures) / Number(requests)) * 100 : null;
  const [now, then] = [rate(figures), rate(before.figures)];
  return (
    <Tile title={t("tiles.errorRate")} value={now === null ? "–" : format.percent(now)}>
      {figures.failures > 0n && (
        <p className="text-danger">{t("tiles.failures", { count: Number(figures.failures) })}</p>
      )}
      {then !== null && <p>{t("tiles.before", { value: format.percent(then) })}</p>}
    </Tile>
  );
}

function FirstTokenTile({ current, before }: Periods) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  const { p50, p95 } = current.firstToken;
  return (
    <Tile title={t("tiles.firstToken")} value={p50 === null ? "–" : format.ms(p50)} unit={t("tiles.median")}>
      {p95 !== null && <p>{t("tiles.p95", { time: format.ms(p95) })}</p>}
      {before.firstToken.p50 !== null && (
        <p>{t("tiles.before", { value: format.ms(before.firstToken.p50) })}</p>
      )}
    </Tile>
  );
}

function MonthTile({ projection }: { projection: Projection }) {
  const t = useTranslations("usage");
  const { projectedNanoUsd, spentNanoUsd, budgetNanoUsd, share, tone, endsAt } = projection;
  return (
    <Tile title={t("tiles.month")} value={<Money nanoUsd={projectedNanoUsd} />} unit={t("tiles.projected")}>
      <p>{t("tiles.soFar", { amount: formatMoney(spentNanoUsd) })}</p>
      {budgetNanoUsd === null ? (
        <p>{t("tiles.noBudget")}</p>
      ) : (
        <>
          <Meter
            label={t("tiles.budget")}
            value={Number(spentNanoUsd)}
            max={Number(budgetNanoUsd)}
            valueText={t("tiles.ofBudget", { percent: share, budget: formatMoney(budgetNanoUsd) })}
            tone={tone}
          />
          <p>{t("tiles.ofBudget", { percent: share, budget: formatMoney(budgetNanoUsd) })}</p>
        </>
      )}
      <p>{t.rich("tiles.monthEnds", { time: () => <TimeLeft untilMs={endsAt.getTime()} /> })}</p>
    </Tile>
  );
}

function QuotaTile({ quota }: { quota: QuotaToday | null }) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  if (!quota) {
    return (
      <Tile title={t("quota.none")} value={t("quota.unlimited")}>
        <p>{t("quota.paid")}</p>
      </Tile>
    );
  }
  const { remaining, limit, resetsAt } = quota;
  const tone = remaining === 0 ? "danger" : remaining * 10 <= limit ? "warning" : "accent";
  return (
    <Tile title={t("quota.title")} value={format.count(remaining)} unit={t("quota.of", { limit })}>
      <Meter
        label={t("quota.title")}
        value={remaining}
        max={limit}
        valueText={t("quota.leftOf", { remaining, limit })}
        tone={tone}
      />
      <p className="mt-1">
        {t.rich(remaining === 0 ? "quota.nextIn" : "quota.anewIn", {
          time: () => <TimeLeft untilMs={resetsAt.getTime()} />,
        })}
      </p>
    </Tile>
  );
}
