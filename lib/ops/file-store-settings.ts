import { join, resolve } from "node:path";
import { z } from "zod";
import { StartupError } from "./startup-error.ts";

export interface S3Settings {
  /** Base URL of the service, without the bucket. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Where the bytes of attached files lie. */
export type FileStoreSettings = { kind: "local"; dir: string } | ({ kind: "s3" } & S3Settings);

interface Environment {
  DATA_DIR: string;
  S3_ENDPOINT?: string | undefined;
  S3_BUCKET?: string | undefined;
  S3_REGION: string;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
}

const wholeSchema = z.object({
  S3_ENDPOINT: z.string(),
  S3_BUCKET: z.string(),
  S3_REGION: z.string(),
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
});

/**
 * The store that is configured: S3 when its settings are there, else a folder.
 * @throws StartupError that names the one that is missing
 */
export function readFileStore(env: Environment): FileStoreSettings {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  if (!S3_ENDPOINT && !S3_BUCKET && !S3_ACCESS_KEY_ID && !S3_SECRET_ACCESS_KEY) {
    return { kind: "local", dir: join(resolve(env.DATA_DIR), "files") };
  }
  const whole = wholeSchema.safeParse(env);
  if (!whole.success) {
    throw new StartupError(
      `The files of chats cannot go to S3: ${whole.error.issues[0]?.path.join(".")} is not set.`,
    );
  }
  return {
    kind: "s3",
    endpoint: whole.data.S3_ENDPOINT,
    bucket: whole.data.S3_BUCKET,
    region: whole.data.S3_REGION,
    accessKeyId: whole.data.S3_ACCESS_KEY_ID,
    secretAccessKey: whole.data.S3_SECRET_ACCESS_KEY,
  };
}
