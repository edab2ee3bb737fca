import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import { startAdminJobs } from "#lib/admin/jobs.ts";
import { startPresence } from "#lib/admin/presence.ts";
import { startAlerts } from "#lib/alerts/start.ts";
import { getBlobs } from "#lib/chat/attachments/blobs.ts";
import { startChatJobs, stopGenerations } from "#lib/chat/generations/registry.ts";
import { provideJobs } from "#lib/chat/tools/jobs.ts";
import { runJobInThread } from "#lib/chat/tools/threads.ts";
import { connectDb, type Db, getDb, setDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrations.ts";
import { type OpenDatabase, openDatabase } from "#lib/db/open.ts";
import { createGateway } from "#lib/gateway/listener.ts";
import { keptAuthSecret } from "#lib/ops/auth-secret.ts";
import { outliveReaders } from "#lib/ops/closed-output.ts";
import { type Config, type ParsedConfig, readEnvironment, setConfig } from "#lib/ops/config.ts";
import { newId } from "#lib/ops/ids.ts";
import { getLog } from "#lib/ops/log.ts";
import { setProviderName } from "#lib/ops/provider.ts";
import { makeReadable } from "#lib/ops/readable-url.ts";
import { applyPageHeaders } from "#lib/ops/request-headers.ts";
import { StartupError } from "#lib/ops/startup-error.ts";

const DRAIN_MS = 10_000;
/** What settling and closing may take after that, when the database does not answer any more. */
const CLOSE_MS = 5_000;
const GATEWAY_PATHS = /^\/(v1(\/|\?|$)|healthz(\?|$)|readyz(\?|$)|metrics(\?|$)|openapi\.json(\?|$))/;

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

interface BackgroundPart {
  /** Says that it is about to stop. */
  retire(): void;
  /** Waits for open work. */
  drain(): Promise<void>;
  /** Ends what is left. */
  close(): Promise<void>;
}

interface RunningPart extends BackgroundPart {
  handle: Handler;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function answerStarting(_req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" });
  res.end("AIgateway is starting.\n");
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const code = "code" in error ? error.code : null;
      const sentence =
        code === "EADDRINUSE"
          ? `Port ${port} on ${host} is taken: stop the program that uses it, or set PORT.`
          : code === "EACCES"
            ? `Port ${port} needs a permission this user does not have: set PORT to 1024 or above.`
            : `Cannot listen on ${host} port ${port}: ${error.message}. Set HOST and PORT.`;
      reject(new StartupError(sentence, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Where this machine reaches itself: an address that means "all of them" is not one to connect to. */
function localUrl(host: string, port: number): string {
  const reachable =
    host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  return `http://${reachable}:${port}`;
}

async function startGatewayPart(config: Config, db: Db, embedded: boolean): Promise<RunningPart> {
  const gateway = await createGateway({
    db,
    config,
    log: getLog(),
    soleProcess: embedded,
    role: config.role,
  });
  setProviderName(gateway.providerName());
  return gateway;
}

interface Pages {
  handle: Handler;
  close(): Promise<void>;
}

async function preparePages(
  server: Server,
  address: { host: string; port: number },
  dev: boolean,
): Promise<Pages> {
  const { default: next } = await import("next");
  const app = next({ dev, httpServer: server, hostname: address.host, port: address.port });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (req, res) => void handle(req, res), close: () => app.close() };
}

async function startWebPart(config: Config, pages: Pages, dev: boolean): Promise<RunningPart> {
  provideJobs(runJobInThread);
  const jobs = await startChatJobs();
  const presence = config.role === "web" ? startPresence(getDb(), config.processId, getLog()) : null;
  const adminJobs = startAdminJobs({
    db: getDb(),
    blobs: getBlobs(),
    requestLogDays: config.requestLogDays,
    log: getLog(),
  });
  return {
    handle: (req, res) => {
      if (!makeReadable(req, res)) return;
      applyPageHeaders(req, res, { trustProxy: config.trustProxy, dev });
      pages.handle(req, res);
    },
    retire: () => undefined,
    drain: () => Promise.resolve(),
    close: async () => {
      await stopGenerations();
      await jobs.stop();
      await adminJobs.stop();
      await presence?.stop();
      await pages.close();
    },
  };
}

function startAlertPart(): BackgroundPart {
  const job = startAlerts();
  return { retire: () => undefined, drain: () => Promise.resolve(), close: () => job.stop() };
}

async function learnProvider(gatewayUrl: string): Promise<void> {
  try {
    const answer = await fetch(`${gatewayUrl}/readyz`, { signal: AbortSignal.timeout(3_000) });
    const body: unknown = await answer.json();
    if (typeof body === "object" && body !== null && "provider" in body)
      setProviderName(String(body.provider));
  } catch (error) {
    getLog().warn({ err: error, gatewayUrl }, "the gateway does not answer yet");
  }
}

function installShutdown(
  server: Server,
  parts: BackgroundPart[],
  database: OpenDatabase,
  closeDb: () => Promise<void>,
  graceMs: number,
): void {
  let stopping = false;
  const stop = async (reason: string, status: number) => {
    if (stopping) return;
    stopping = true;
    for (const part of parts) part.retire();
    // A balancer needs a while to see it; a person at the keyboard does not.
    if (reason === "SIGTERM" && graceMs > 0) await new Promise((resolve) => setTimeout(resolve, graceMs));
    say(`Stopping (${reason}): finishing open requests, ${DRAIN_MS / 1000} s at most.`);
    setTimeout(() => {
      say(
        "Stopped without closing the database, which does not answer. The next start settles what is left.",
      );
      process.exit(1);
    }, DRAIN_MS + CLOSE_MS).unref();
    server.close();
    server.closeIdleConnections();
    const drained = Promise.all(parts.map((part) => part.drain()));
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))]);
    for (const part of parts.toReversed()) await part.close();
    server.closeAllConnections();
    await closeDb();
    await database.close();
    say("Stopped.");
    process.exit(status);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal, 0));
  void database.failed.then((why) => stop(`the database ended: ${why}`, 1));
  process.on("unhandledRejection", (error) => getLog().error({ err: error }, "unhandled rejection"));
}

async function openStores(parsed: ParsedConfig, database: OpenDatabase, port: number): Promise<[Config, Db]> {
  const applied = await migrate(database.url);
  if (applied.length > 0)
    say(`Applied ${applied.length} database migration${applied.length === 1 ? "" : "s"}.`);
  const config: Config = {
    ...parsed,
    port,
    authSecret: parsed.authSecret ?? keptAuthSecret(parsed.dataDir),
    gatewayUrl: parsed.gatewayUrl ?? localUrl(parsed.host, port),
    processId: newId("proc"),
  };
  setConfig(config);
  const db = connectDb(database.url, database);
  setDb(db);
  return [config, db];
}

async function main(): Promise<void> {
  const startedAt = performance.now();
  outliveReaders();
  const { values } = parseArgs({ options: { dev: { type: "boolean", default: false } } });
  const parsed = readEnvironment();
  let handle: Handler = answerStarting;
  const server = createServer((req, res) => handle(req, res));
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, parsed.host, parsed.port);
  say(parsed.databaseUrl === null ? "Opening the embedded database…" : "Opening the database…");

  // The pages load while the database opens: together they are most of a start.
  const pages =
    parsed.role === "gateway" ? null : preparePages(server, { host: parsed.host, port }, values.dev);
  // Awaited below; until then a failure of the database is told first.
  pages?.catch(() => undefined);
  const database = await openDatabase(parsed.databaseUrl, parsed.dataDir);
  try {
    const [config, db] = await openStores(parsed, database, port);
    const gateway = config.role === "web" ? null : await startGatewayPart(config, db, database.embedded);
    const web = pages && (await startWebPart(config, await pages, values.dev));
    if (!gateway) await learnProvider(config.gatewayUrl ?? "");
    handle = (req, res) => {
      const part = gateway && (!web || GATEWAY_PATHS.test(req.url ?? "")) ? gateway : web;
      part?.handle(req, res);
    };
    const parts = [gateway, web, startAlertPart()].filter((part) => part !== null);
    installShutdown(server, parts, database, () => db.$disconnect(), config.shutdownGraceMs);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    say(`AIgateway is ready at ${config.publicUrl ?? localUrl(config.host, port)} (${seconds} s)`);
  } catch (error) {
    await database.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  if (error instanceof StartupError) process.stderr.write(`${error.message}\n`);
  else
    process.stderr.write(
      `AIgateway could not start: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
  process.exit(1);
});
