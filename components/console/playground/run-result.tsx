import Link from "next/link";
import { useTranslations } from "next-intl";
import { paths } from "#components/shell/paths.ts";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import type { UsageFormat } from "../usage/format-usage.ts";
import { useUsageFormat } from "../usage/use-usage-format.ts";
import type { RunState } from "./run-state.ts";
import type { RunRecord } from "./use-run.ts";

/** The answer as it comes: thinking, words, and then what it took. */
export function RunResult({ state, record }: { state: RunState | null; record: RunRecord | null }) {
  const t = useTranslations("playground.result");
  if (!state) return <p className="py-10 text-center text-13 text-muted">{t("empty")}</p>;
  const { phase, thinking, answer, warnings, failure } = state;
  return (
    <div className="flex min-w-0 flex-col gap-4" aria-busy={phase === "running"}>
      <p role="status" className="text-13 text-muted">
        {t(`phase.${phase}`)}
      </p>
      {warnings !== null && (
        <p className="rounded-card bg-warning-soft px-3.5 py-2.5 text-13 text-warning [overflow-wrap:anywhere]">
          {t("warnings", { warnings })}
        </p>
      )}
      {thinking !== "" && (
        <details open={answer === ""} className="text-13">
          <summary className="cursor-pointer text-muted">{t("thinking")}</summary>
          <p
            dir="auto"
            className="mt-2 max-h-80 overflow-y-auto whitespace-pre-wrap border-border border-l pl-3 text-muted [overflow-wrap:anywhere]"
          >
            {thinking}
          </p>
        </details>
      )}
      {answer !== "" && (
        <section aria-label={t("answer")}>
          <p dir="auto" className="whitespace-pre-wrap text-14 leading-relaxed [overflow-wrap:anywhere]">
            {answer}
          </p>
        </section>
      )}
      {failure !== null && (
        <p role="alert" className="rounded-card bg-danger-soft px-3.5 py-2.5 text-13 text-danger">
          {failure}
        </p>
      )}
      {phase !== "running" && <Figures state={state} record={record} />}
    </div>
  );
}

function Figures({ state, record }: { state: RunState; record: RunRecord | null }) {
  const t = useTranslations("playground.result");
  const source = useTranslations("requests.source");
  const format = useUsageFormat();
  const { requestId, finishReason, firstTokenMs, totalMs } = state;
  const figures: [string, string][] = [
    [t("firstToken"), firstTokenMs === null ? t("none") : format.ms(firstTokenMs)],
    [t("total"), totalMs === null ? t("none") : format.ms(totalMs)],
    [t("finish"), finishReason ?? t("none")],
    ...(record ? recordFigures(record, { t, format, source: source(record.source) }) : []),
  ];
  return (
    <section aria-label={t("figures")} className="border-border border-t pt-3 text-13">
      <dl className="figures grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        {figures.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
      {record && requestId !== null && (
        <p className="mt-3">
          <Link href={`${paths.requests}/${requestId}`} className="link">
            {t("open")}
          </Link>
        </p>
      )}
    </section>
  );
}

interface Words {
  t: ReturnType<typeof useTranslations<"playground.result">>;
  format: UsageFormat;
  source: string;
}

function recordFigures(
  { usage, cost_nano_usd }: RunRecord,
  { t, format, source }: Words,
): [string, string][] {
  return [
    [
      t("prompt"),
      t("withPart", {
        count: format.count(usage.prompt_tokens),
        part: t("cached", { count: format.count(usage.cached_tokens) }),
      }),
    ],
    [
      t("completion"),
      t("withPart", {
        count: format.count(usage.completion_tokens),
        part: t("reasoning", { count: format.count(usage.reasoning_tokens) }),
      }),
    ],
    [t("cost"), `${formatMoneyExact(BigInt(cost_nano_usd))}${usage.estimated ? ` (${t("estimated")})` : ""}`],
    [t("source"), source],
  ];
}
