import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getLog } from "#lib/ops/log.ts";
import { createMailer } from "./deliver-email.ts";
import { createWebhookFetch } from "./deliver-webhook.ts";
import { startAlertJob } from "./job.ts";

/** Starts raising and delivering alerts, as this process is configured. */
export function startAlerts(): { stop(): Promise<void> } {
  const { alerts, authSecret, publicUrl } = getConfig();
  return startAlertJob({
    db: getDb(),
    log: getLog(),
    authSecret,
    mailer: alerts.smtp && createMailer(alerts.smtp, publicUrl),
    fetch: createWebhookFetch({ allowPrivate: alerts.allowPrivateAddresses }),
    retryMs: alerts.retryMs,
    now: Date.now,
  });
}
