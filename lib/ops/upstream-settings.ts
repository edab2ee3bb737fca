import { z } from "zod";

/** How long an upstream may take, in milliseconds. */
export interface UpstreamTimeouts {
  connectMs: number;
  /** From the call to the first byte of a streamed answer. Answers that are not streamed have only the total. */
  firstByteMs: number;
  /** Between two bytes of a streamed answer. */
  idleMs: number;
  totalMs: number;
}

/** One upstream as the operator configured it. */
export interface UpstreamSettings {
  /** Null: named after its host. */
  name: string | null;
  baseUrl: string;
  apiKey: string | null;
  /** What it calls the model; null where its host is known, or calls it as the catalog does. */
  model: string | null;
  /** Whether images at public addresses are fetched for it; null: as its host is known to need. */
  inlineImages: boolean | null;
  timeouts: UpstreamTimeouts;
}

const baseUrlSchema = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .transform((value) => value.replace(/\/+$/, ""));
const millisecondsSchema = z.int().min(1).max(86_400_000).optional();

const entrySchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, "must be 1 to 40 lower-case letters, digits, dots or dashes"),
    baseUrl: baseUrlSchema,
    apiKey: z.string().min(1).optional(),
    apiKeyEnv: z.string().min(1).optional(),
    model: z.string().min(1).optional(),
    inlineImages: z.boolean().optional(),
    timeouts: z
      .strictObject({
        connectMs: millisecondsSchema,
        firstByteMs: millisecondsSchema,
        idleMs: millisecondsSchema,
        totalMs: millisecondsSchema,
      })
      .optional(),
  })
  .refine((entry) => entry.apiKey === undefined || entry.apiKeyEnv === undefined, {
    path: ["apiKeyEnv"],
    message: "must not stand beside apiKey",
  });

const fileSchema = z
  .array(entrySchema)
  .min(1, "must have at least one entry")
  .refine((entries) => new Set(entries.map(({ name }) => name)).size === entries.length, {
    message: "must not have two entries of one name",
  });

/**
 * Reads the text of an upstreams file: a JSON array in the order of priority. Keys named by `apiKeyEnv` are taken from `environment`;
 * timeouts an entry leaves out are `timeouts`.
 * @throws Error with a sentence that names the entry and the field.
 */
export function parseUpstreamsFile(
  text: string,
  environment: Record<string, string | undefined>,
  timeouts: UpstreamTimeouts,
): UpstreamSettings[] {
  const parsed = fileSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${describePath(issue?.path ?? [])} ${issue?.message ?? "is not valid"}`);
  }
  return parsed.data.map((entry, index) => ({
    name: entry.name,
    baseUrl: entry.baseUrl,
    apiKey:
      entry.apiKeyEnv === undefined
        ? (entry.apiKey ?? null)
        : requireKey(entry.apiKeyEnv, index, environment),
    model: entry.model ?? null,
    inlineImages: entry.inlineImages ?? null,
    timeouts: withOverrides(timeouts, entry.timeouts ?? {}),
  }));
}

function withOverrides(
  timeouts: UpstreamTimeouts,
  own: { [limit in keyof UpstreamTimeouts]?: number | undefined },
): UpstreamTimeouts {
  return {
    connectMs: own.connectMs ?? timeouts.connectMs,
    firstByteMs: own.firstByteMs ?? timeouts.firstByteMs,
    idleMs: own.idleMs ?? timeouts.idleMs,
    totalMs: own.totalMs ?? timeouts.totalMs,
  };
}

function requireKey(name: string, index: number, environment: Record<string, string | undefined>): string {
  const key = environment[name];
  if (key) return key;
  throw new Error(`[${index}].apiKeyEnv names ${name}, which is not set in the environment`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error("it is not valid JSON", { cause: error });
  }
}

function describePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "it";
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : `${at > 0 ? "." : ""}${String(step)}`))
    .join("");
}
