import { ChartNoAxesColumn, MessageSquare, Terminal } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { getBaseUrl } from "#app/base-url.ts";
import { curlCommand } from "#components/console/keys/first-call.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { getAccount } from "#lib/accounts/current-account.ts";
import { kimiK26 } from "#lib/models/kimi-k2.6.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getProviderName } from "#lib/ops/provider.ts";

export default async function LandingPage() {
  const [account, baseUrl] = await Promise.all([getAccount(), getBaseUrl()]);
  const { trialRequestsPerDay } = getConfig().limits;
  const curl = curlCommand({ baseUrl, apiKey: "$AIG_KEY", model: kimiK26.id }, true);
  return (
    <div className="mx-auto flex w-full max-w-280 flex-1 flex-col justify-center gap-12 px-4 py-10 sm:px-6 sm:py-14">
      <div className="grid items-center gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <div>
          <h1 className="text-28 sm:text-40">{kimiK26.name}: a chat, an API, and the exact cost of both.</h1>
          <p className="mt-4 max-w-130 text-pretty text-16 text-muted">
            Watch the model think, call it from any OpenAI client, and see every request priced to the
            billionth of a dollar.{" "}
            {trialRequestsPerDay > 0 && `${trialRequestsPerDay} requests a day are free.`}
          </p>
          <div className="mt-7 flex flex-wrap gap-2.5">
            {account ? (
              <>
                <ButtonLink href={paths.chat} variant="primary">
                  Open chat
                </ButtonLink>
                <ButtonLink href={paths.keys}>Keys</ButtonLink>
              </>
            ) : (
              <>
                <ButtonLink href={paths.signUp} variant="primary">
                  Sign up
                </ButtonLink>
                <ButtonLink href={paths.chat}>Open chat</ButtonLink>
              </>
            )}
          </div>
        </div>
        <div className="min-w-0">
          <CodeBlock code={curl} what="curl command" />
          {getProviderName() === "offline" && (
            <p className="mt-3 text-pretty text-13 text-muted">
              No upstream is connected here yet, so an offline stand-in answers.{" "}
              <Link href={paths.connect} className="link">
                Connect {kimiK26.name}
              </Link>
            </p>
          )}
        </div>
      </div>
      <dl className="grid gap-x-12 gap-y-6 border-border border-t pt-8 sm:grid-cols-3">
        <Fact icon={<MessageSquare />} title="Chat">
          The thinking is shown as it happens. Replies are written on the server: reload, and nothing is lost.
        </Fact>
        <Fact icon={<Terminal />} title="API">
          OpenAI’s chat completions and responses. Change the base URL of the client you have.{" "}
          <Link href={paths.docs} className="link">
            Read the guide
          </Link>
        </Fact>
        <Fact icon={<ChartNoAxesColumn />} title="Console">
          Keys in seconds. Each request with its tokens, its time to the first one, and what it cost.
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="flex items-center gap-2 font-semibold text-14 [&_svg]:size-4 [&_svg]:text-muted">
        <span aria-hidden="true">{icon}</span>
        {title}
      </dt>
      <dd className="mt-1.5 text-pretty text-14 text-muted">{children}</dd>
    </div>
  );
}
