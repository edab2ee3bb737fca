import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";

/** How a sign-in at an MCP server ended, for the person who has just come back from it. */
export function SignInOutcome({ outcome }: { outcome: "done" | "failed" | "refused" | "over" }) {
  const t = useTranslations("tools.settings.outcomes");
  const good = outcome === "done";
  return (
    <p
      role={good ? "status" : "alert"}
      className={classNames(
        "mb-6 rounded-card px-4 py-2.5 text-14",
        good ? "bg-positive-soft" : "bg-danger-soft",
      )}
    >
      {t(outcome)}
    </p>
  );
}
