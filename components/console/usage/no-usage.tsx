import { ChartNoAxesColumn } from "lucide-react";
import Link from "next/link";
import { curlCommand } from "#components/console/keys/first-call.ts";
import { paths } from "#components/shell/paths.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What stands in the place of chart and table before the first request. */
export function NoUsage({ baseUrl, model }: { baseUrl: string; model: string }) {
  const curl = curlCommand({ baseUrl, apiKey: "$AIG_KEY", model });
  return (
    <EmptyState
      icon={<ChartNoAxesColumn />}
      title="No requests yet"
      action={<CodeBlock code={`export AIG_KEY="sk-aig-..."\n${curl}`} what="curl command" />}
    >
      Each request is listed here with its tokens, its times and its exact cost.{" "}
      <Link href={paths.chat} className="link">
        Ask something in the chat
      </Link>
      , or send one with a key from the{" "}
      <Link href={paths.keys} className="link">
        keys page
      </Link>
      :
    </EmptyState>
  );
}
