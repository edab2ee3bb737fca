import { ChartNoAxesColumn } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { curlCommand } from "#components/console/keys/first-call.ts";
import { paths } from "#components/shell/paths.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What stands in the place of chart and table before the first request. */
export function NoUsage({ baseUrl, model }: { baseUrl: string; model: string }) {
  const t = useTranslations("usage");
  const curl = curlCommand({ baseUrl, apiKey: "$AIG_KEY", model });
  return (
    <EmptyState
      icon={<ChartNoAxesColumn />}
      title={t("empty.title")}
      action={<CodeBlock code={`export AIG_KEY="sk-aig-..."\n${curl}`} what={t("empty.command")} />}
    >
      {t.rich("empty.text", {
        chat: (text) => (
          <Link href={paths.chat} className="link">
            {text}
          </Link>
        ),
        keys: (text) => (
          <Link href={paths.keys} className="link">
            {text}
          </Link>
        ),
      })}
    </EmptyState>
  );
}
