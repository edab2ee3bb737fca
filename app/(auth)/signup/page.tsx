import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { paths } from "#components/shell/paths.ts";
import { getAccount } from "#lib/accounts/current-account.ts";
import { passwordLength } from "#lib/accounts/password-length.ts";
import { getConfig } from "#lib/ops/config.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signUp");
  return { title: t("page") };
}

export default async function SignUpPage() {
  if (await getAccount()) redirect(paths.chat);
  const { trialRequestsPerDay } = getConfig().limits;
  const t = await getTranslations("auth.signUp");
  return (
    <AuthCard
      title={t("title")}
      lead={t("lead", { count: trialRequestsPerDay })}
      foot={t.rich("foot", {
        link: (chunks) => (
          <Link href={paths.signIn} className="link">
            {chunks}
          </Link>
        ),
      })}
    >
      <SignUpForm passwordMin={passwordLength.min} passwordMax={passwordLength.max} />
    </AuthCard>
  );
}
