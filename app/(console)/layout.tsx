import type { ReactNode } from "react";
import { SignedInShell } from "#app/signed-in-shell.tsx";

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <SignedInShell>{children}</SignedInShell>;
}
