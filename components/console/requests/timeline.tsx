import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { useUsageFormat } from "../usage/use-usage-format.ts";
import { type TimelineStep, timelineSteps } from "./timeline-steps.ts";

const bars = {
  read: "bg-faint",
  admit: "bg-faint",
  pause: "bg-raised border border-control/50 border-dashed",
  wait: "bg-chart-1/45",
  answer: "bg-chart-1",
} satisfies Record<Exclude<TimelineStep["kind"], "try">, string>;

/** The way of a request through the gateway: what followed what, and how long each took. */
export function Timeline({ request }: { request: MeteredRequest }) {
  const t = useTranslations("requests.timeline");
  const format = useUsageFormat();
  const steps = timelineSteps(request);
  if (request.status === "reserved") return null;
  if (steps.length === 0) return <p className="text-13 text-muted">{t("none")}</p>;
  const wholeMs = Math.max(1, request.totalMs ?? 0, ...steps.map(({ endMs }) => endMs));
  return (
    <section aria-labelledby="timeline-title">
      <h3 id="timeline-title" className="mb-2 text-14">
        {t("title")}
      </h3>
      <ol className="flex flex-col gap-2 text-13">
        {steps.map((step) => (
          <li key={`${step.kind} ${step.startMs} ${step.endMs}`}>
            <p className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <StepName step={step} />
              </span>
              <span className="figures shrink-0 text-muted" title={t("from", { ms: String(step.startMs) })}>
                {format.ms(step.endMs - step.startMs)}
              </span>
            </p>
            <span aria-hidden="true" className="mt-1 block h-2 rounded-full bg-surface">
              <span
                className={classNames("block h-2 min-w-0.5 rounded-full", barOf(step))}
                style={{
                  marginLeft: `${(step.startMs / wholeMs) * 100}%`,
                  width: `${((step.endMs - step.startMs) / wholeMs) * 100}%`,
                }}
              />
            </span>
          </li>
        ))}
      </ol>
      <p className="figures mt-2 flex justify-between text-12 text-muted" aria-hidden="true">
        <span>0</span>
        <span>{format.ms(wholeMs)}</span>
      </p>
    </section>
  );
}

function barOf(step: TimelineStep): string {
  if (step.kind !== "try") return bars[step.kind];
  if (step.outcome === "answered") return "bg-positive";
  return step.outcome === "aborted" ? "bg-faint" : "bg-danger";
}

function StepName({ step }: { step: TimelineStep }) {
  const t = useTranslations("requests.timeline");
  if (step.kind !== "try") return t(step.kind);
  const { upstream, outcome, status } = step;
  if (outcome === "answered") return t("answered", { upstream });
  if (outcome === "aborted") return t("aborted", { upstream });
  return (
    <>
      {t("failed", { upstream })} <code className="font-mono text-12 text-danger">{outcome}</code>
      {status !== null && <span className="text-muted">{` · HTTP ${status}`}</span>}
    </>
  );
}
