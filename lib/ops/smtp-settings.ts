import { StartupError } from "./startup-error.ts";

/** The server that sends e-mails, and whom they are from. */
export interface SmtpSettings {
  url: string;
  from: string;
}

interface Environment {
  SMTP_URL?: string | undefined;
  SMTP_FROM?: string | undefined;
}

/**
 * Null where no e-mail can be sent.
 * @throws StartupError when the sender is missing
 */
export function readSmtp({ SMTP_URL: url, SMTP_FROM: from }: Environment): SmtpSettings | null {
  if (url === undefined) return null;
  if (from === undefined) throw new StartupError("SMTP_URL needs SMTP_FROM, the address e-mails are from.");
  return { url, from };
}
