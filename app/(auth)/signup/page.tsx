import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { paths } from "#components/shell/paths.ts";
import { getAccount } from "#lib/accounts/current-account.ts";
import { passwordLength } from "#lib/accounts/password-length.ts";
import { getConfig } from "#lib/ops/config.ts";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage() {
  if (await getAccount()) redirect(paths.chat);
  const { trialRequestsPerDay } = getConfig().limits;
  return (
    <AuthCard
      title="Create your account"
      lead={`You get a key at once and ${trialRequestsPerDay.toLocaleString("en")} free requests a day, in the chat and through the API.`}
      foot={
        <>
          Have an account already?{" "}
          <Link href={paths.signIn} className="link">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm passwordMin={passwordLength.min} passwordMax={passwordLength.max} />
    </AuthCard>
  );
}
