import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { paths } from "#components/shell/paths.ts";
import { getAccount } from "#lib/accounts/current-account.ts";
import { localPathOr } from "#lib/accounts/local-path.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signIn");
  return { title: t("page") };
}

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What next-auth says in the address when it sends somebody here. */
function messageFor(
  code: string | undefined,
  error: string | undefined,
): "disabled" | "wrong" | "failed" | null {
  if (code === "disabled") return "disabled";
  if (code !== undefined) return "wrong";
  return error === undefined ? null : "failed";
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const [next, code, error] = [query.next, query.code, query.error].map((value) =>
    typeof value === "string" ? value : undefined,
  );
  const target = localPathOr(next, paths.chat);
  if (await getAccount()) redirect(target);
  const t = await getTranslations("auth.signIn");
  const message = messageFor(code, error);
  return (
    <AuthCard
      title={t("title")}
      lead={t("lead")}
      foot={t.rich("foot", {
        link: (chunks) => (
          <Link href={paths.signUp} className="link">
            {chunks}
          </Link>
        ),
      })}
    >
      <SignInForm next={target} message={message && t(message)} />
    </AuthCard>
  );
}
