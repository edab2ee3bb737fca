import { useTranslations } from "next-intl";
import * as z from "zod/mini";
import { chartSpecSchema } from "#lib/chat/tools/chart/chart-spec.ts";
import { ChartView } from "../chart-view.tsx";
import { Listing } from "./listing.tsx";

const programSchema = z.looseObject({ code: z.string() });
/** What a run of a program gives. */
const runSchema = z.object({
  output: z.string(),
  value: z.nullable(z.string()),
  charts: z.array(chartSpecSchema),
  error: z.nullable(z.string()),
});

interface ProgramProps {
  code: string;
  run: z.infer<typeof runSchema>;
}

/** What a program drew and printed, and the program. Null when it is not of that shape. */
export function program(input: unknown, output: unknown) {
  const [asked, given] = [programSchema.safeParse(input), runSchema.safeParse(output)];
  if (!asked.success || !given.success) return null;
  return <Program code={asked.data.code} run={given.data} />;
}

function Program({ code, run }: ProgramProps) {
  const t = useTranslations("tools.cards.fields");
  return (
    <div className="flex flex-col gap-3">
      {Object.entries(run.charts).map(([place, spec]) => (
        <ChartView key={place} spec={spec} />
      ))}
      {run.output !== "" && <Listing label={t("output")} text={run.output} />}
      {run.value !== null && <Listing label={t("result")} text={run.value} />}
      {run.error !== null && <Listing label={t("error")} text={run.error} tone="text-danger" />}
      <Listing label={t("code")} text={code} />
    </div>
  );
}
