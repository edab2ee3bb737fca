import { createTransport } from "nodemailer";
import type { AttemptResult, DueDelivery } from "./delivery.ts";
import { composeEmail } from "./email.ts";

const timeoutMs = 10_000;

export interface Mailer {
  /** Sends one e-mail; a refusal of the server is a result, not an exception. */
  send(delivery: DueDelivery, signal: AbortSignal): Promise<AttemptResult>;
  close(): void;
}

/** Sends e-mails through an SMTP server; `baseUrl` is where they lead to. */
export function createMailer(smtp: { url: string; from: string }, baseUrl: string | null): Mailer {
  const transport = createTransport({
    url: smtp.url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ id, target, alert, locale }, signal) {
      const { subject, text } = composeEmail(alert, locale, baseUrl);
      try {
        const sent = await transport.sendMail({
          from: smtp.from,
          // As an object: an address as text could name several.
          to: { name: "", address: target },
          subject,
          text,
          headers: { "Auto-Submitted": "auto-generated", "X-AIgateway-Delivery": id },
          signal,
        });
        return { httpStatus: null, error: null, excerpt: sent.response };
      } catch (error) {
        signal.throwIfAborted();
        return { httpStatus: null, ...refusalOf(error) };
      }
    },
    close: () => transport.close(),
  };
}

/** What the mail server said; how to reach it, which holds a password, is the operator's. */
function refusalOf(error: unknown): Pick<AttemptResult, "error" | "excerpt"> {
  const response = typeof error === "object" && error !== null && "response" in error ? error.response : null;
  return typeof response === "string"
    ? { error: "mail_refused", excerpt: response.slice(0, 500) }
    : { error: "mail_unreachable", excerpt: "" };
}
