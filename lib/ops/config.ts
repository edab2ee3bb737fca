import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { type FileStoreSettings, readFileStore } from "./file-store-settings.ts";
import { perProcess } from "./per-process.ts";
import { settings } from "./settings.ts";
import { describeSettings, type ShownSetting } from "./shown-settings.ts";
import { readSmtp, type SmtpSettings } from "./smtp-settings.ts";
import { StartupError } from "./startup-error.ts";
import { parseUpstreamsFile, type UpstreamSettings, type UpstreamTimeouts } from "./upstream-settings.ts";

/** The program's configuration: parsed settings plus what the process learned while it started. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  upstreams: {
    /** In the order of priority; empty where none is configured. */
    configured: readonly UpstreamSettings[];
    /** Of an upstream that was found and not configured. */
    timeouts: UpstreamTimeouts;
    /** How long a streamed first byte is waited for while another upstream could take over. */
    failoverMs: number;
    breaker: { failuresToOpen: number; coolDownMs: number };
  };
  authSecret: string;
  role: "all" | "web" | "gateway";
  publicUrl: string | null;
  gatewayUrl: string | null;
  trustProxy: boolean;
  /** How long a process that is told to stop says that it is not ready before it stops taking calls. */
  shutdownGraceMs: number;
  /** How long items of answers can be referred to; 0 where none are kept. */
  keepItemsMs: number;
  limits: { trialRequestsPerDay: number; trialRequestsPerMinute: number; paidRequestsPerMinute: number };
  tools: {
    /** Whether tools may reach addresses that are not on the public internet. */
    allowPrivateAddresses: boolean;
    search: { provider: "brave" | "tavily"; apiKey: string } | null;
  };
  files: {
    store: FileStoreSettings;
    /** What those of one account may take together. */
    accountBytes: number;
  };
  /** E-mails of the admins; empty where the first account is the admin. */
  adminEmails: readonly string[];
  /** How long rows of requests are kept; null for ever. */
  requestLogDays: number | null;
  alerts: {
    /** Null where no e-mail can be sent. */
    smtp: SmtpSettings | null;
    /** Whether webhooks may reach addresses that are not on the public internet. */
    allowPrivateAddresses: boolean;
    /** The pause before the second try of a delivery. */
    retryMs: number;
  };
  /** Base URL of an OTLP/HTTP receiver. */
  otlpEndpoint: string | null;
  /** Every setting as admins are shown it. */
  shownSettings: readonly ShownSetting[];
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
  UPSTREAMS_FILE: settings.UPSTREAMS_FILE.schema,
  UPSTREAM_CONNECT_TIMEOUT_MS: settings.UPSTREAM_CONNECT_TIMEOUT_MS.schema,
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: settings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS.schema,
  UPSTREAM_IDLE_TIMEOUT_MS: settings.UPSTREAM_IDLE_TIMEOUT_MS.schema,
  UPSTREAM_TOTAL_TIMEOUT_MS: settings.UPSTREAM_TOTAL_TIMEOUT_MS.schema,
  UPSTREAM_FAILOVER_MS: settings.UPSTREAM_FAILOVER_MS.schema,
  UPSTREAM_BREAKER_FAILURES: settings.UPSTREAM_BREAKER_FAILURES.schema,
  UPSTREAM_BREAKER_COOLDOWN_MS: settings.UPSTREAM_BREAKER_COOLDOWN_MS.schema,
  AUTH_SECRET: settings.AUTH_SECRET.schema,
  ROLE: settings.ROLE.schema,
  PUBLIC_URL: settings.PUBLIC_URL.schema,
  GATEWAY_URL: settings.GATEWAY_URL.schema,
  TRUST_PROXY: settings.TRUST_PROXY.schema,
  TRIAL_REQUESTS_PER_DAY: settings.TRIAL_REQUESTS_PER_DAY.schema,
  TRIAL_REQUESTS_PER_MINUTE: settings.TRIAL_REQUESTS_PER_MINUTE.schema,
  PAID_REQUESTS_PER_MINUTE: settings.PAID_REQUESTS_PER_MINUTE.schema,
  SHUTDOWN_GRACE_MS: settings.SHUTDOWN_GRACE_MS.schema,
  RESPONSE_ITEMS_DAYS: settings.RESPONSE_ITEMS_DAYS.schema,
  BRAVE_SEARCH_API_KEY: settings.BRAVE_SEARCH_API_KEY.schema,
  TAVILY_API_KEY: settings.TAVILY_API_KEY.schema,
  ALLOW_PRIVATE_TOOL_ADDRESSES: settings.ALLOW_PRIVATE_TOOL_ADDRESSES.schema,
  S3_ENDPOINT: settings.S3_ENDPOINT.schema,
  S3_BUCKET: settings.S3_BUCKET.schema,
  S3_REGION: settings.S3_REGION.schema,
  S3_ACCESS_KEY_ID: settings.S3_ACCESS_KEY_ID.schema,
  S3_SECRET_ACCESS_KEY: settings.S3_SECRET_ACCESS_KEY.schema,
  FILES_MB_PER_ACCOUNT: settings.FILES_MB_PER_ACCOUNT.schema,
  ADMIN_EMAILS: settings.ADMIN_EMAILS.schema,
  REQUEST_LOG_DAYS: settings.REQUEST_LOG_DAYS.schema,
  SMTP_URL: settings.SMTP_URL.schema,
  SMTP_FROM: settings.SMTP_FROM.schema,
  ALLOW_PRIVATE_WEBHOOK_ADDRESSES: settings.ALLOW_PRIVATE_WEBHOOK_ADDRESSES.schema,
  ALERT_RETRY_MS: settings.ALERT_RETRY_MS.schema,
  OTEL_EXPORTER_OTLP_ENDPOINT: settings.OTEL_EXPORTER_OTLP_ENDPOINT.schema,
  LOG_LEVEL: settings.LOG_LEVEL.schema,
});

/**
 * Reads the settings from an environment; empty values count as unset. `readText` reads the file a setting names.
 * @throws StartupError that names the first bad setting.
 */
export function parseConfig(
  environment: Record<string, string | undefined>,
  readText: (path: string) => string = (path) => readFileSync(path, "utf8"),
): ParsedConfig {
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
    upstreams: readUpstreams(env, environment, readText),
    authSecret: env.AUTH_SECRET ?? null,
    role: env.ROLE,
    publicUrl: env.PUBLIC_URL ?? null,
    gatewayUrl: env.GATEWAY_URL ?? null,
    trustProxy: env.TRUST_PROXY,
    shutdownGraceMs: env.SHUTDOWN_GRACE_MS,
    keepItemsMs: env.RESPONSE_ITEMS_DAYS * 24 * 60 * 60 * 1000,
    limits: {
      trialRequestsPerDay: env.TRIAL_REQUESTS_PER_DAY,
      trialRequestsPerMinute: env.TRIAL_REQUESTS_PER_MINUTE,
      paidRequestsPerMinute: env.PAID_REQUESTS_PER_MINUTE,
    },
    tools: { allowPrivateAddresses: env.ALLOW_PRIVATE_TOOL_ADDRESSES, search: readSearch(env) },
    files: { store: readFileStore(env), accountBytes: env.FILES_MB_PER_ACCOUNT * 1_048_576 },
    adminEmails: env.ADMIN_EMAILS,
    requestLogDays: env.REQUEST_LOG_DAYS || null,
    alerts: {
      smtp: readSmtp(env),
      allowPrivateAddresses: env.ALLOW_PRIVATE_WEBHOOK_ADDRESSES,
      retryMs: env.ALERT_RETRY_MS,
    },
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    shownSettings: describeSettings(environment),
    logLevel: env.LOG_LEVEL,
    production: environment.NODE_ENV === "production",
  };
}

type Environment = z.infer<typeof environmentSchema>;

function readUpstreams(
  env: Environment,
  environment: Record<string, string | undefined>,
  readText: (path: string) => string,
): Config["upstreams"] {
  const timeouts = {
    connectMs: env.UPSTREAM_CONNECT_TIMEOUT_MS,
    firstByteMs: env.UPSTREAM_FIRST_BYTE_TIMEOUT_MS,
    idleMs: env.UPSTREAM_IDLE_TIMEOUT_MS,
    totalMs: env.UPSTREAM_TOTAL_TIMEOUT_MS,
  };
  return {
    configured: env.UPSTREAMS_FILE
      ? readUpstreamsFile(env, env.UPSTREAMS_FILE, environment, readText, timeouts)
      : onlyUpstream(env, timeouts),
    timeouts,
    failoverMs: env.UPSTREAM_FAILOVER_MS,
    breaker: {
      failuresToOpen: env.UPSTREAM_BREAKER_FAILURES,
      coolDownMs: env.UPSTREAM_BREAKER_COOLDOWN_MS,
    },
  };
}

function readSearch(env: Environment): Config["tools"]["search"] {
  if (env.BRAVE_SEARCH_API_KEY) return { provider: "brave", apiKey: env.BRAVE_SEARCH_API_KEY };
  return env.TAVILY_API_KEY ? { provider: "tavily", apiKey: env.TAVILY_API_KEY } : null;
}

function onlyUpstream(env: Environment, timeouts: UpstreamTimeouts): UpstreamSettings[] {
  if (env.UPSTREAM_BASE_URL === undefined) return [];
  const [apiKey, model] = [env.UPSTREAM_API_KEY ?? null, env.UPSTREAM_MODEL ?? null];
  return [{ name: null, baseUrl: env.UPSTREAM_BASE_URL, apiKey, model, inlineImages: null, timeouts }];
}

function readUpstreamsFile(
  env: Environment,
  path: string,
  environment: Record<string, string | undefined>,
  readText: (path: string) => string,
  timeouts: UpstreamTimeouts,
): UpstreamSettings[] {
  if (env.UPSTREAM_BASE_URL !== undefined) {
    throw new StartupError("UPSTREAM_BASE_URL and UPSTREAMS_FILE are both set: keep one of them.");
  }
  try {
    return parseUpstreamsFile(readText(path), environment, timeouts);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartupError(`The file ${path} that UPSTREAMS_FILE names cannot be used: ${why}.`, {
      cause: error,
    });
  }
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
