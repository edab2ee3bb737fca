import type { Preferences } from "./choices.ts";

/** A signed-up user, as pages and the API show it. */
export interface Account {
  id: string;
  /** As typed at sign-up. */
  email: string;
  name: string | null;
  plan: "trial" | "paid";
}

/** The account behind a request, and the session that says so. */
export interface SignedInAccount extends Account {
  sessionId: string;
  preferences: Preferences;
}

/** What makes two spellings of an e-mail the same account. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
