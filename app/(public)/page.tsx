import { ChartNoAxesColumn, MessageSquare, Terminal } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
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
  const t = await getTranslations("landing");
  const { trialRequestsPerDay } = getConfig().limits;
  const curl = curlCommand({ baseUrl, apiKey: "$AIG_KEY", model: kimiK26.id }, true);
  return (
    <div className="mx-auto flex w-full max-w-280 flex-1 flex-col justify-center gap-12 px-4 py-10 sm:px-6 sm:py-14">
      <div className="grid items-center gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <div>
          <h1 className="text-28 sm:text-40">{t("title", { model: kimiK26.name })}</h1>
          <p className="mt-4 max-w-130 text-pretty text-16 text-muted">
            {t("lead")} {trialRequestsPerDay > 0 && t("free", { count: trialRequestsPerDay })}
          </p>
          <div className="mt-7 flex flex-wrap gap-2.5">
            {account ? (
              <>
                <ButtonLink href={paths.chat} variant="primary">
                  {t("openChat")}
                </ButtonLink>
                <ButtonLink href={paths.keys}>{t("keys")}</ButtonLink>
              </>
            ) : (
              <>
                <ButtonLink href={paths.signUp} variant="primary">
                  {t("signUp")}
                </ButtonLink>
                <ButtonLink href={paths.chat}>{t("openChat")}</ButtonLink>
              </>
            )}
          </div>
        </div>
        <div className="min-w-0">
          <CodeBlock code={curl} what={t("curl")} />
          {getProviderName() === "offline" && (
            <p className="mt-3 text-pretty text-13 text-muted">
              {t.rich("offline", { model: kimiK26.name, link: (chunks) => linkTo(paths.connect, chunks) })}
            </p>
          )}
        </div>
      </div>
      <dl className="grid gap-x-12 gap-y-6 border-border border-t pt-8 sm:grid-cols-3">
        <Fact icon={<MessageSquare />} title={t("chat.title")}>
          {t("chat.text")}
        </Fact>
        <Fact icon={<Terminal />} title={t("api.title")}>
          {t.rich("api.text", { link: (chunks) => linkTo(paths.docs, chunks) })}
        </Fact>
        <Fact icon={<ChartNoAxesColumn />} title={t("console.title")}>
          {t("console.text")}
        </Fact>
      </dl>
    </div>
  );
}

function linkTo(href: string, text: ReactNode): ReactNode {
  return (
    <Link href={href} className="link">
      {text}
    </Link>
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
