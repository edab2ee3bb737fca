import { isPayToken, verifyPayToken } from "#lib/accounts/pay-token.ts";
import { hashKey, isWellFormedKey } from "#lib/keys/key-format.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { ApiError } from "#lib/wire/errors.ts";

/**
 * Who claims to pay, read from the `Authorization` header alone. A key that cannot be one (by its checksum) and a forged or expired
 * chat token are refused here, before anything is looked up.
 * @throws ApiError `invalid_key`
 */
export function authenticate(authorization: string | undefined, secret: string, nowMs: number): Payer {
  const token = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) {
    throw new ApiError("invalid_key", "No API key was sent. Send it as `Authorization: Bearer sk-aig-…`.");
  }
  if (isPayToken(token)) {
    const claim = verifyPayToken(secret, token, nowMs);
    if (claim) return { kind: "account", accountId: claim.accountId };
    throw new ApiError("invalid_key", "The chat's token is not valid any more. Reload the page.");
  }
  if (!isWellFormedKey(token)) throw invalidKey();
  return { kind: "key", hash: hashKey(token) };
}

/** For a key that its owner has switched off; said only to those who have its secret. */
export function keyDisabled(): ApiError {
  return new ApiError(
    "key_disabled",
    "This API key is switched off. Enable it on the keys page, or use another.",
  );
}

/** For a key that is unknown, revoked or expired: which of them is nobody's business but its owner's. */
export function invalidKey(): ApiError {
  return new ApiError("invalid_key", "The API key is not valid. Take one from the keys page.");
}
