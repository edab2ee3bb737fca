import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SignedInShell } from "#app/signed-in-shell.tsx";

export const metadata: Metadata = { title: "Chat" };

export default function ChatLayout({ children }: { children: ReactNode }) {
  return <SignedInShell>{children}</SignedInShell>;
}
