import { useFormatter, useTranslations } from "next-intl";

interface LogHorizonProps {
  /** From when on single requests are kept; null while all are. */
  keptFrom: Date | null;
  /** Where the range that is shown begins. */
  from: Date;
  timeZone: string;
}

/** Says, where a range begins before the log does, that its sums are whole all the same. */
export function LogHorizon({ keptFrom, from, timeZone }: LogHorizonProps) {
  const t = useTranslations("usage");
  const format = useFormatter();
  if (keptFrom === null || from >= keptFrom) return null;
  const since = format.dateTime(keptFrom, { dateStyle: "medium", timeStyle: "short", timeZone });
  return <p className="text-13 text-muted">{t("horizon", { since })}</p>;
}
