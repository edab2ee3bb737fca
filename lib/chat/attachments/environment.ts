import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getJobs } from "../tools/jobs.ts";
import type { FileEnvironment } from "./attachments.ts";
import { getBlobs } from "./blobs.ts";

/** What storing and reading files needs of this process, once `server.ts` has started it. */
export function getFileEnvironment(): FileEnvironment {
  const { accountBytes } = getConfig().files;
  return { db: getDb(), blobs: getBlobs(), runJob: getJobs(), now: Date.now, accountBytes };
}
