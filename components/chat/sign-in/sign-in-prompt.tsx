"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { signInGate } from "./sign-in-gate.ts";

const SignInDialog = dynamic(() => import("./sign-in-dialog.tsx").then((module) => module.SignInDialog), {
  ssr: false,
});

/** Asks who has been signed out to sign in, over the page as it stands. `email`: whose page it is. */
export function SignInPrompt({ email }: { email: string }) {
  const open = useSyncExternalStore(signInGate.subscribe, signInGate.isOpen, () => false);
  return open ? <SignInDialog email={email} onAnswer={(answer) => signInGate.answer(answer)} /> : null;
}
