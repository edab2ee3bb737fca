import { z } from "zod";
import { storedPreferencesSchema } from "./preferences.ts";

const accountSchema = z.object({
  id: z.string(),
  /** As typed at sign-up. */
  email: z.string(),
  name: z.string().nullable(),
  plan: z.enum(["trial", "paid"]),
});

export const signedInAccountSchema = accountSchema.extend({
  sessionId: z.string(),
  preferences: storedPreferencesSchema,
});

/** A signed-up user, as pages and the API show it. */
export type Account = z.infer<typeof accountSchema>;

/** The account behind a request, and the session that says so. */
export type SignedInAccount = z.infer<typeof signedInAccountSchema>;

/** What makes two spellings of an e-mail the same account. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
