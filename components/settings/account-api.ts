import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

type Form = Readonly<Record<string, string>>;

const endedSchema = z.object({ ended: z.number() });

export function changeProfile(form: Form): Promise<ApiAnswer<null>> {
  return callApi("PATCH", "/api/account/profile", form, () => null);
}

/** Gives how many other browsers were signed out. */
export function changePassword(form: Form): Promise<ApiAnswer<number>> {
  return callApi("POST", "/api/account/password", form, (json) => endedSchema.parse(json).ended);
}

export function endOtherSessions(): Promise<ApiAnswer<number>> {
  return callApi("DELETE", "/api/account/sessions", undefined, (json) => endedSchema.parse(json).ended);
}

export function endSession(id: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", `/api/account/sessions/${encodeURIComponent(id)}`, undefined, () => null);
}

export function deleteOwnAccount(form: Form): Promise<ApiAnswer<null>> {
  return callApi("DELETE", "/api/account", form, () => null);
}
