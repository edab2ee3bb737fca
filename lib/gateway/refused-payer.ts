import type { Payer } from "#lib/usage/admission.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { invalidKey } from "./authenticate.ts";
import type { GatewayContext } from "./context.ts";
import { isOfDisabledAccount } from "./store.ts";

/** What a payer is told that is not in force. Only who holds a key of a disabled account learns that it is. */
export async function refusedPayer({ db }: Pick<GatewayContext, "db">, payer: Payer): Promise<ApiError> {
  if (!(await isOfDisabledAccount(db, payer))) return invalidKey();
  const message = "This account is disabled. Ask whoever runs this installation.";
  return new ApiError("invalid_key", message);
}
