import { type Logger, pino } from "pino";
import { getConfig } from "./config.ts";
import { perProcess } from "./per-process.ts";

const held = perProcess<Logger>("log");

/** The process's structured log (JSON lines on standard output). Never hand it a key, a password or a body. */
export function getLog(): Logger {
  const existing = held.get();
  if (existing) return existing;
  const log = pino({
    level: getConfig().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: [
      "authorization",
      "*.authorization",
      "password",
      "*.password",
      "apiKey",
      "*.apiKey",
      "cookie",
      "*.cookie",
    ],
  });
  held.set(log);
  return log;
}
