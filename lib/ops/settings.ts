import { z } from "zod";

interface Setting<T> {
  schema: z.ZodType<T>;
  /** What `.env.example` and the docs say; one sentence or two. */
  doc: string;
}

const wholeNumber = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(fallback);

const milliseconds = (fallback: number) => wholeNumber(fallback, 1, 86_400_000);
const yesOrNo = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .transform((value) => value.replace(/\/+$/, ""));

function setting<T>(schema: z.ZodType<T>, doc: string): Setting<T> {
  return { schema, doc };
}

/** Every setting of the program. All are optional; `.env.example` and the docs derive from this table. */
export const settings = {
  PORT: setting(wholeNumber(3000, 0, 65_535), "Port to listen on; 0 takes a free one."),
  HOST: setting(
    z.string().min(1).default("127.0.0.1"),
    "Address to listen on. 0.0.0.0 serves the local network.",
  ),
  DATA_DIR: setting(
    z.string().min(1).default("./data"),
    "Folder of the embedded database, stored files and generated secrets.",
  ),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .optional(),
    "PostgreSQL 15 or later. Unset: an embedded PostgreSQL in DATA_DIR.",
  ),
  UPSTREAM_BASE_URL: setting(
    httpUrl.optional(),
    "Base URL of an OpenAI-compatible API that serves the model, such as https://api.moonshot.ai/v1.",
  ),
  UPSTREAM_API_KEY: setting(z.string().min(1).optional(), "Key sent to the upstream."),
  UPSTREAM_MODEL: setting(
    z.string().min(1).optional(),
    "The model's name at the upstream, where it differs from what its host is known to call it.",
  ),
  UPSTREAMS_FILE: setting(
    z.string().min(1).optional(),
    "Several upstreams instead of the one above: a JSON file with a list of {name, baseUrl, apiKey or apiKeyEnv, model?, inlineImages?, timeouts?}, tried in its order.",
  ),
  UPSTREAM_CONNECT_TIMEOUT_MS: setting(
    milliseconds(5_000),
    "How long connecting to an upstream may take, in milliseconds.",
  ),
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: setting(
    milliseconds(120_000),
    "How long the first byte of a streamed answer may take.",
  ),
  UPSTREAM_IDLE_TIMEOUT_MS: setting(
    milliseconds(120_000),
    "How long a streamed answer may be silent between two bytes.",
  ),
  UPSTREAM_TOTAL_TIMEOUT_MS: setting(
    milliseconds(1_800_000),
    "How long an answer may take in all; for answers that are not streamed the only limit once connected.",
  ),
  UPSTREAM_FAILOVER_MS: setting(
    milliseconds(15_000),
    "How long the first byte of a streamed answer is waited for while another upstream could take over.",
  ),
  UPSTREAM_BREAKER_FAILURES: setting(
    wholeNumber(5, 1, 1_000_000),
    "Calls in a row that an upstream fails until it is left alone for a while.",
  ),
  UPSTREAM_BREAKER_COOLDOWN_MS: setting(
    milliseconds(10_000),
    "How long it is left alone until one call probes it.",
  ),
  AUTH_SECRET: setting(
    z.string().min(32, "must have 32 characters or more").optional(),
    "Secret that signs sessions and chat tokens; made and kept in DATA_DIR when unset. Set the same one for all processes of an installation.",
  ),
  ROLE: setting(
    z.enum(["all", "web", "gateway"]).default("all"),
    "What this process serves: all, web (pages and chat) or gateway (/v1).",
  ),
  PUBLIC_URL: setting(
    httpUrl.optional(),
    "The address people use, where it is not the one listened on. Shown in snippets and the docs.",
  ),
  GATEWAY_URL: setting(
    httpUrl.optional(),
    "Where the chat reaches /v1. Unset: this process. Needed with ROLE=web.",
  ),
  TRUST_PROXY: setting(
    yesOrNo,
    "true when a reverse proxy of yours sets X-Forwarded-For and X-Forwarded-Proto.",
  ),
  TRIAL_REQUESTS_PER_DAY: setting(
    wholeNumber(100, 0, 2_000_000_000),
    "Requests a trial account has each UTC day.",
  ),
  TRIAL_REQUESTS_PER_MINUTE: setting(
    wholeNumber(60, 1, 2_000_000_000),
    "Requests per minute and key on the trial plan.",
  ),
  PAID_REQUESTS_PER_MINUTE: setting(
    wholeNumber(600, 1, 2_000_000_000),
    "Requests per minute and key on the paid plan.",
  ),
  SHUTDOWN_GRACE_MS: setting(
    wholeNumber(0, 0, 600_000),
    "How long after SIGTERM /readyz says no while calls are still taken. Behind a load balancer: longer than it takes to notice.",
  ),
  RESPONSE_ITEMS_DAYS: setting(
    wholeNumber(30, 0, 3650),
    "Days that items of answers of /v1/responses are kept, encrypted, for later requests that refer to them; 0 keeps none.",
  ),
  BRAVE_SEARCH_API_KEY: setting(
    z.string().min(1).optional(),
    "Key of the Brave Search API. With it, or Tavily's, the chat can search the web.",
  ),
  TAVILY_API_KEY: setting(
    z.string().min(1).optional(),
    "Key of the Tavily search API, used where Brave's is not set.",
  ),
  ALLOW_PRIVATE_TOOL_ADDRESSES: setting(
    yesOrNo,
    "true lets the tools of all accounts reach private addresses, such as servers of your own network.",
  ),
  S3_ENDPOINT: setting(
    httpUrl.optional(),
    "Base URL of an S3-compatible store for the files of chats. Unset: they lie in DATA_DIR, which serves one machine.",
  ),
  S3_BUCKET: setting(z.string().min(1).optional(), "Its bucket, addressed by path and kept private."),
  S3_REGION: setting(z.string().min(1).default("us-east-1"), "The region that calls to it are signed for."),
  S3_ACCESS_KEY_ID: setting(
    z.string().min(1).optional(),
    "The id of the key that may read, write and delete there.",
  ),
  S3_SECRET_ACCESS_KEY: setting(z.string().min(1).optional(), "The secret of that key."),
  FILES_MB_PER_ACCOUNT: setting(
    wholeNumber(1_000, 0, 1_000_000_000),
    "What the files that one account attached to its chats may take together, in MiB.",
  ),
  SMTP_URL: setting(
    z
      .string()
      .regex(/^smtps?:\/\/[^/\s]+/, "must look like smtp://user:password@host:587")
      .optional(),
    "Server that sends alerts by e-mail: smtp://user:password@host:587 (STARTTLS where offered) or smtps://user:password@host:465. Needs SMTP_FROM.",
  ),
  SMTP_FROM: setting(
    z.string().regex(/@/, "must hold an e-mail address").optional(),
    "Whom these e-mails are from, such as AIgateway <alerts@example.com>.",
  ),
  ALLOW_PRIVATE_WEBHOOK_ADDRESSES: setting(
    yesOrNo,
    "true lets the webhooks of all accounts reach private addresses, such as servers of your own network.",
  ),
  ALERT_RETRY_MS: setting(
    milliseconds(10_000),
    "Pause before a failed alert is delivered again; each further one is three times as long, up to nine tries over nine hours.",
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    httpUrl.optional(),
    "Base URL of an OpenTelemetry collector (OTLP over HTTP, such as http://127.0.0.1:4318) that gets a trace of each call.",
  ),
  ADMIN_EMAILS: setting(
    z
      .string()
      .default("")
      .transform((value) =>
        value
          .split(",")
          .map((email) => email.trim())
          .filter((email) => email !== ""),
      ),
    "E-mail addresses, separated by commas, of the accounts that may use /admin. Unset: the first account.",
  ),
  REQUEST_LOG_DAYS: setting(
    wholeNumber(0, 0, 36_500),
    "Days that the single requests of the log are kept; sums of usage and cost are kept for ever. 0 keeps all.",
  ),
  LOG_LEVEL: setting(
    z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    "trace, debug, info, warn, error or silent.",
  ),
} satisfies Record<string, Setting<unknown>>;

/** What holds where the setting is not given, as it would be written; empty where there is nothing. */
export function defaultOf({ schema }: Setting<unknown>): string {
  return String(schema.parse(undefined) ?? "");
}

/** The text of `.env.example`: every setting with its doc line, commented out at its default. */
export function renderEnvExample(): string {
  const blocks = Object.entries(settings).map(
    ([name, entry]) => `# ${entry.doc}\n# ${name}=${defaultOf(entry)}\n`,
  );
  return `# Every setting is optional. Copy to .env.local, or set them in the environment.\n\n${blocks.join("\n")}`;
}
