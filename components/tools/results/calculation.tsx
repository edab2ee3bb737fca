import { useTranslations } from "next-intl";
import * as z from "zod/mini";

const calculationSchema = z.object({
  result: z.string(),
  exact: z.boolean(),
  decimal: z.optional(z.string()),
});
const expressionSchema = z.looseObject({ expression: z.string() });

interface CalculationProps {
  expression: string;
  given: z.infer<typeof calculationSchema>;
}

/** A calculation and its result. Null when they are not of that shape. */
export function calculation(input: unknown, output: unknown) {
  const [asked, given] = [expressionSchema.safeParse(input), calculationSchema.safeParse(output)];
  if (!asked.success || !given.success) return null;
  return <Calculation expression={asked.data.expression} given={given.data} />;
}

function Calculation({ expression, given: { result, exact, decimal } }: CalculationProps) {
  const t = useTranslations("tools.cards.fields");
  return (
    <div className="flex flex-col gap-1">
      <p className="break-words font-mono text-13 text-muted">{expression}</p>
      <p className="figures break-all font-medium text-20">= {result}</p>
      <p className="figures break-all text-13 text-muted">
        {decimal === undefined ? t(exact ? "exact" : "rounded") : `≈ ${decimal}`}
      </p>
    </div>
  );
}
