import { ApiError } from "#lib/wire/errors.ts";
import type { SignInResult } from "./sign-in.ts";
import { retrySentence } from "./throttle.ts";

/** Why a sign-in was refused. */
export type Refusal = Exclude<SignInResult, { ok: true }>;

/** What a refused sign-in is told. */
export function refusalError(refusal: Refusal): ApiError {
  switch (refusal.reason) {
    case "wrong_credentials":
      return new ApiError("wrong_credentials", "The e-mail or the password is wrong.");
    case "disabled":
      return new ApiError(
        "wrong_credentials",
        "This account is disabled. Ask whoever runs this installation.",
      );
    case "throttled": {
      const { by, retryAfterS } = refusal;
      const whose = by === "email" ? "for this e-mail" : "from this address";
      const message = `Too many failed sign-ins ${whose}. ${retrySentence(retryAfterS)}`;
      return new ApiError("rate_limited", message, { retryAfterS });
    }
  }
}
