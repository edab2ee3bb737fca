import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { paths } from "#components/shell/paths.ts";
import { getAccount } from "#lib/accounts/current-account.ts";
import { localPathOr } from "#lib/accounts/local-path.ts";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What next-auth says in the address when it sends somebody here. */
function messageFor(code: string | undefined, error: string | undefined): string | null {
  if (code === "disabled") return "This account is disabled. Ask whoever runs this installation.";
  if (code !== undefined) return "The e-mail or the password is wrong.";
  return error === undefined ? null : "Signing in did not work. Try again.";
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const [next, code, error] = [query.next, query.code, query.error].map((value) =>
    typeof value === "string" ? value : undefined,
  );
  const target = localPathOr(next, paths.chat);
  if (await getAccount()) redirect(target);
  return (
    <AuthCard
      title="Sign in"
      lead="Your chats, keys and usage are where you left them."
      foot={
        <>
          No account yet?{" "}
          <Link href={paths.signUp} className="link">
            Sign up
          </Link>
        </>
      }
    >
      <SignInForm next={target} message={messageFor(code, error)} />
    </AuthCard>
  );
}
