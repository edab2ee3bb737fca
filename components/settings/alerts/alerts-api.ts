import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

const madeSchema = z.object({ webhook: z.object({ url: z.string() }), secret: z.string() });

export type MadeWebhook = z.infer<typeof madeSchema>;

/** Changes at which shares of its own budget the account is alerted, and whether by e-mail. */
export function setAlertChoices(change: {
  percents?: number[];
  byEmail?: boolean;
}): Promise<ApiAnswer<null>> {
  return callApi("PATCH", "/api/alerts", change, () => null);
}

export function testEmail(): Promise<ApiAnswer<null>> {
  return callApi("POST", "/api/alerts/email/test", undefined, () => null);
}

/** Adds a webhook; its secret comes back this once. */
export function addWebhook(url: string): Promise<ApiAnswer<MadeWebhook>> {
  return callApi("POST", "/api/alerts/webhooks", { url }, (json) => madeSchema.parse(json));
}

export function switchWebhook(id: string, enabled: boolean): Promise<ApiAnswer<null>> {
  return callApi("PATCH", pathOf(id), { enabled }, () => null);
}

/** Gives a webhook a new secret, which comes back this once. */
export function rotateWebhook(id: string): Promise<ApiAnswer<MadeWebhook>> {
  return callApi("POST", `${pathOf(id)}/rotate`, undefined, (json) => madeSchema.parse(json));
}

export function testWebhook(id: string): Promise<ApiAnswer<null>> {
  return callApi("POST", `${pathOf(id)}/test`, undefined, () => null);
}

export function deleteWebhook(id: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", pathOf(id), undefined, () => null);
}

export function redeliver(id: string): Promise<ApiAnswer<null>> {
  return callApi("POST", `/api/alerts/deliveries/${encodeURIComponent(id)}/redeliver`, undefined, () => null);
}

function pathOf(id: string): string {
  return `/api/alerts/webhooks/${encodeURIComponent(id)}`;
}
