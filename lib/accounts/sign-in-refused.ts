import { CredentialsSignin } from "next-auth";
import type { Refusal } from "./refusal.ts";

/** A sign-in that next-auth carries to its caller; its `code` is what next-auth's own redirect tells the page. */
export class SignInRefused extends CredentialsSignin {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
    this.code =
      refusal.reason === "throttled" ? `throttled-${refusal.by}-${refusal.retryAfterS}` : refusal.reason;
  }
}
