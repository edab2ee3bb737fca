import { resolve } from "node:path";
import { z } from "zod";
import { perProcess } from "./per-process.ts";
import { settings } from "./settings.ts";
import { StartupError } from "./startup-error.ts";

/** The program's configuration: parsed settings plus what the process learned while it started. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  upstream: { baseUrl: string; apiKey: string | null; model: string | null } | null;
  authSecret: string;
  role: "all" | "web" | "gateway";
  publicUrl: string | null;
  gatewayUrl: string | null;
  trustProxy: boolean;
  limits: { trialRequestsPerDay: number; trialRequestsPerMinute: number; paidRequestsPerMinute: number };
  logLevel: "trace" | "debug" | "info" | "warn" | "error" | "silent";
  /** Identifies this process in the rows it owns; new at each start. */
  processId: string;
  production: boolean;
}

/** A configuration read from the environment, still without what only a start decides. */
export type ParsedConfig = Omit<Config, "authSecret" | "processId"> & { authSecret: string | null };

const environmentSchema = z.object({
  PORT: settings.PORT.schema,
  HOST: settings.HOST.schema,
  DATA_DIR: settings.DATA_DIR.schema,
  DATABASE_URL: settings.DATABASE_URL.schema,
  UPSTREAM_BASE_URL: settings.UPSTREAM_BASE_URL.schema,
  UPSTREAM_API_KEY: settings.UPSTREAM_API_KEY.schema,
  UPSTREAM_MODEL: settings.UPSTREAM_MODEL.schema,
  AUTH_SECRET: settings.AUTH_SECRET.schema,
  ROLE: settings.ROLE.schema,
  PUBLIC_URL: settings.PUBLIC_URL.schema,
  GATEWAY_URL: settings.GATEWAY_URL.schema,
  TRUST_PROXY: settings.TRUST_PROXY.schema,
  TRIAL_REQUESTS_PER_DAY: settings.TRIAL_REQUESTS_PER_DAY.schema,
  TRIAL_REQUESTS_PER_MINUTE: settings.TRIAL_REQUESTS_PER_MINUTE.schema,
  PAID_REQUESTS_PER_MINUTE: settings.PAID_REQUESTS_PER_MINUTE.schema,
  LOG_LEVEL: settings.LOG_LEVEL.schema,
});

/**
 * Reads the settings from an environment; empty values count as unset.
 * @throws StartupError that names the first bad setting.
 */
export function parseConfig(environment: Record<string, string | undefined>): ParsedConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StartupError(`The setting ${issue?.path.join(".")} is not valid: ${issue?.message}.`);
  }
  const env = parsed.data;
  if (env.ROLE === "web" && env.GATEWAY_URL === undefined) {
    throw new StartupError("ROLE=web needs GATEWAY_URL, the address of a process that serves /v1.");
  }
  if (env.ROLE === "web" && env.DATABASE_URL === undefined) {
    throw new StartupError("ROLE=web needs DATABASE_URL: the embedded database serves one process only.");
  }
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    upstream:
      env.UPSTREAM_BASE_URL === undefined
        ? null
        : {
            baseUrl: env.UPSTREAM_BASE_URL,
            apiKey: env.UPSTREAM_API_KEY ?? null,
            model: env.UPSTREAM_MODEL ?? null,
          },
    authSecret: env.AUTH_SECRET ?? null,
    role: env.ROLE,
    publicUrl: env.PUBLIC_URL ?? null,
    gatewayUrl: env.GATEWAY_URL ?? null,
    trustProxy: env.TRUST_PROXY,
    limits: {
      trialRequestsPerDay: env.TRIAL_REQUESTS_PER_DAY,
      trialRequestsPerMinute: env.TRIAL_REQUESTS_PER_MINUTE,
      paidRequestsPerMinute: env.PAID_REQUESTS_PER_MINUTE,
    },
    logLevel: env.LOG_LEVEL,
    production: environment.NODE_ENV === "production",
  };
}

const held = perProcess<Config>("config");

/** Reads this process's own environment. */
export function readEnvironment(): ParsedConfig {
  return parseConfig(process.env);
}

/** Fixes the configuration for the rest of the process; called once by the program that starts it. */
export function setConfig(config: Config): void {
  held.set(config);
}

/** The configuration of the running process. Throws when the process was not started through `server.ts`. */
export function getConfig(): Config {
  const config = held.get();
  if (!config) throw new Error("The configuration is not set: start the program through server.ts.");
  return config;
}
