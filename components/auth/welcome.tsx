"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { FirstCalls } from "#components/console/keys/secret-dialog.tsx";
import { SecretKey } from "#components/console/keys/secret-key.tsx";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { buttonStyle } from "#components/ui/button-style.ts";
import { getFirstKey } from "./first-key.ts";

export interface WelcomeProps {
  accountId: string;
  baseUrl: string;
  model: string;
  modelName: string;
}

const neverChanges = () => () => undefined;

/** The page after sign-up. The key is in the memory of the page that made it and nowhere else. */
export function Welcome({ accountId, ...rest }: WelcomeProps) {
  const apiKey = useSyncExternalStore(
    neverChanges,
    () => getFirstKey(accountId),
    () => null,
  );
  return (
    <div className="mx-auto w-full max-w-180 px-4 py-10 sm:px-6 sm:py-14">
      {apiKey === null ? <ShownBefore /> : <FirstKey apiKey={apiKey} {...rest} />}
    </div>
  );
}

function FirstKey({
  apiKey,
  baseUrl,
  model,
  modelName,
}: Omit<WelcomeProps, "accountId"> & { apiKey: string }) {
  const t = useTranslations("auth.welcome");
  return (
    <>
      <h1 className="text-28">{t("title")}</h1>
      <p className="mt-2 mb-5 text-pretty text-14 text-muted">{t("lead")}</p>
      <SecretKey apiKey={apiKey} />
      <h2 className="mt-10 mb-3 text-20">{t("first")}</h2>
      <FirstCalls call={{ baseUrl, apiKey, model }} label={t("language")} />
      <div className="mt-10 flex flex-wrap gap-2">
        {/* A whole new page: what the router keeps was rendered for somebody signed out. */}
        <a href={paths.chat} className={buttonStyle("primary")}>
          {t("chat", { model: modelName })}
        </a>
        <ButtonLink href={paths.docs}>{t("guide")}</ButtonLink>
      </div>
    </>
  );
}

function ShownBefore() {
  const t = useTranslations("auth.welcome");
  return (
    <>
      <h1 className="text-28">{t("readyTitle")}</h1>
      <p className="mt-2 text-pretty text-14 text-muted">{t("ready")}</p>
      <div className="mt-8 flex flex-wrap gap-2">
        <ButtonLink href={paths.keys} variant="primary">
          {t("openKeys")}
        </ButtonLink>
        <ButtonLink href={paths.chat}>{t("openChat")}</ButtonLink>
      </div>
    </>
  );
}
