import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

export function changeAccount(
  id: string,
  change: Readonly<Record<string, unknown>>,
): Promise<ApiAnswer<null>> {
  return callApi("PATCH", pathOf(id), change, () => null);
}

export function endAccountSessions(id: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", `${pathOf(id)}/sessions`, undefined, () => null);
}

/** `confirm` repeats the account's e-mail. */
export function deleteAccount(id: string, confirm: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", pathOf(id), { confirm }, () => null);
}

export function startReconciliation(repair: boolean): Promise<ApiAnswer<null>> {
  return callApi("POST", "/api/admin/reconciliations", { repair }, () => null);
}

/** Dollars per million tokens as typed; an empty `effectiveAt` means at once. */
export function setPrice(form: Readonly<Record<string, string>>): Promise<ApiAnswer<null>> {
  return callApi("POST", "/api/admin/prices", form, () => null);
}

export function withdrawPrice(id: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", `/api/admin/prices/${encodeURIComponent(id)}`, undefined, () => null);
}

function pathOf(id: string): string {
  return `/api/admin/accounts/${encodeURIComponent(id)}`;
}
