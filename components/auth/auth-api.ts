import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

const signedUpSchema = z.object({ account: z.object({ id: z.string() }), apiKey: z.string() });

export interface EnteredCredentials {
  email: string;
  password: string;
}

/** Makes an account and signs this browser in. */
export function signUp(
  entered: EnteredCredentials & { name: string },
): Promise<ApiAnswer<z.infer<typeof signedUpSchema>>> {
  return callApi("POST", "/api/signup", entered, (json) => signedUpSchema.parse(json));
}

/** Signs this browser in. */
export function signIn(entered: EnteredCredentials): Promise<ApiAnswer<null>> {
  return callApi("POST", "/api/signin", entered, () => null);
}
