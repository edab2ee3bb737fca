import { type Db, getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getLog } from "#lib/ops/log.ts";
import { type Blobs, getBlobs } from "../attachments/blobs.ts";
import { getToolHost, type ToolHost } from "../tools/host.ts";

type Log = Pick<ReturnType<typeof getLog>, "info" | "warn" | "error">;

/** What a generation needs of the process it runs in. */
export interface ChatEnvironment {
  db: Db;
  /** Where the gateway answers, without `/v1`. */
  gatewayUrl: string;
  /** Signs the tokens that say which account pays. */
  authSecret: string;
  processId: string;
  log: Log;
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  toolHost: ToolHost;
  /** Where the bytes of attached files lie. */
  blobs: Blobs;
}

/** The environment of this process, once `server.ts` has started it. */
export function getChatEnvironment(): ChatEnvironment {
  const { gatewayUrl, authSecret, processId } = getConfig();
  if (gatewayUrl === null)
    throw new Error("The gateway's address is not set: start the program through server.ts.");
  const log = getLog();
  return {
    db: getDb(),
    gatewayUrl,
    authSecret,
    processId,
    log,
    fetch,
    now: Date.now,
    toolHost: getToolHost(log),
    blobs: getBlobs(),
  };
}
