import { getModel, listModels } from "#lib/models/catalog.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import { toRequestRecord } from "#lib/usage/metered-request.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { chatDialect } from "./chat-dialect.ts";
import type { GatewayContext } from "./context.ts";
import { type Exchange, sendJson } from "./exchange.ts";
import { toModelListing } from "./model-listing.ts";
import { getOpenApi } from "./openapi/document.ts";
import { requireCaller } from "./require-caller.ts";
import { responsesDialect } from "./responses-dialect.ts";
import { serveCall } from "./serve-call.ts";
import { serveKey, serveRotation } from "./serve-key.ts";
import { isDatabaseUp } from "./store.ts";
import { listStates } from "./upstream-pool.ts";
import { serveUsage } from "./usage-report.ts";

type Serve = (context: GatewayContext, exchange: Exchange, stopping: boolean) => Promise<void>;

export interface Route {
  /** For logs and metrics. */
  name: string;
  /** Whether it calls a model; those are refused while the process ends. */
  isCall: boolean;
  serve: Serve;
}

interface RouteRow {
  method: "GET" | "POST";
  /** With at most one `{parameter}`; one that ends the path takes all the rest, since a model's id has a slash. */
  path: string;
  name: string;
  isCall?: true;
  serve(context: GatewayContext, exchange: Exchange, param: string, stopping: boolean): Promise<void>;
}

const databasePatienceMs = 2_000;

const routes: readonly RouteRow[] = [
  {
    method: "POST",
    path: "/v1/chat/completions",
    name: "chat.completions",
    isCall: true,
    serve: (context, exchange) => serveCall(context, exchange, chatDialect),
  },
  {
    method: "POST",
    path: "/v1/responses",
    name: "responses",
    isCall: true,
    serve: (context, exchange) => serveCall(context, exchange, responsesDialect),
  },
  { method: "GET", path: "/v1/models", name: "models", serve: serveModels },
  { method: "GET", path: "/v1/models/{model}", name: "models", serve: serveModel },
  { method: "GET", path: "/v1/requests/{id}", name: "requests", serve: serveRequest },
  { method: "GET", path: "/v1/usage", name: "usage", serve: serveUsage },
  { method: "GET", path: "/v1/key", name: "key", serve: serveKey },
  { method: "POST", path: "/v1/keys/{id}/rotate", name: "keys.rotate", serve: serveRotation },
  {
    method: "GET",
    path: "/healthz",
    name: "probe",
    serve: async (_context, exchange) => sendJson(exchange, { status: "ok" }),
  },
  { method: "GET", path: "/readyz", name: "probe", serve: serveReadiness },
  { method: "GET", path: "/metrics", name: "probe", serve: serveMetrics },
  {
    method: "GET",
    path: "/openapi.json",
    name: "openapi",
    serve: async (_context, exchange) => sendJson(exchange, getOpenApi()),
  },
];

/** Every method and path there is, as OpenAPI writes them. */
export const routeList: readonly { method: "GET" | "POST"; path: string }[] = routes;

const matchers = routes.map((row) => ({ row, pattern: toPattern(row.path) }));

function toPattern(path: string): RegExp {
  const source = path
    .replaceAll(".", "\\.")
    .replace(/\{\w+\}$/, "(.+)")
    .replace(/\{\w+\}/, "([^/]+)");
  return new RegExp(`^${source}$`);
}

/**
 * What answers a method and URL. HEAD counts as GET.
 * @throws ApiError `not_found`
 */
export function findRoute(method: string, url: string): Route {
  const path = url.split("?", 1)[0] ?? "/";
  const onPath = matchers.filter(({ pattern }) => pattern.test(path));
  const found = onPath.find(({ row }) => row.method === (method === "HEAD" ? "GET" : method));
  if (found) {
    const { row, pattern } = found;
    const param = decodeParam(pattern.exec(path)?.[1] ?? "");
    return {
      name: row.name,
      isCall: row.isCall ?? false,
      serve: (context, exchange, stopping) => row.serve(context, exchange, param, stopping),
    };
  }
  const other = onPath[0]?.row;
  if (!other) throw new ApiError("not_found", `There is nothing at ${path}. The base URL ends with /v1.`);
  return {
    name: other.name,
    isCall: false,
    async serve(_context, { res }) {
      res.setHeader("allow", `${other.method}, OPTIONS`);
      throw new ApiError("method_not_allowed", `${path} answers to ${other.method}, not to ${method}.`);
    },
  };
}

function decodeParam(text: string): string {
  try {
    // No id has a NUL, and no database can be asked for one.
    return storableText(decodeURIComponent(text));
  } catch (error) {
    throw new ApiError("not_found", "The path is not a valid URL.", { cause: error });
  }
}

async function serveModels(context: GatewayContext, exchange: Exchange): Promise<void> {
  await requireCaller(context, exchange);
  const now = new Date(context.now());
  const data = await Promise.all(
    listModels().map(async (model) => toModelListing(model, await context.prices.at(model, now))),
  );
  sendJson(exchange, { object: "list", data });
}

async function serveModel(context: GatewayContext, exchange: Exchange, id: string): Promise<void> {
  await requireCaller(context, exchange);
  const model = getModel(id);
  if (!model) throw new ApiError("model_not_found", `There is no model \`${id}\`.`, { param: "model" });
  const prices = await context.prices.at(model, new Date(context.now()));
  sendJson(exchange, toModelListing(model, prices));
}

async function serveRequest(context: GatewayContext, exchange: Exchange, id: string): Promise<void> {
  const { accountId } = await requireCaller(context, exchange);
  const request = await getRequest(context.db, accountId, id);
  if (!request) throw new ApiError("not_found", `There is no request \`${id}\` of this account.`);
  sendJson(exchange, toRequestRecord(request));
}

async function serveReadiness(
  context: GatewayContext,
  exchange: Exchange,
  _param: string,
  stopping: boolean,
): Promise<void> {
  const database = stopping ? false : await isDatabaseUp(context.db, databasePatienceMs);
  const upstreams = listStates(context.pool);
  const canServe = upstreams.some(({ state }) => state !== "open");
  const why = stopping
    ? "stopping"
    : !database
      ? "the database does not answer"
      : canServe
        ? "ready"
        : "every upstream is failing";
  exchange.res.writeHead(why === "ready" ? 200 : 503, { "content-type": "application/json; charset=utf-8" });
  exchange.res.end(JSON.stringify({ status: why, provider: upstreams[0]?.name ?? "none", upstreams }));
}

async function serveMetrics({ metrics }: GatewayContext, { res }: Exchange): Promise<void> {
  const { contentType, text } = await metrics.render();
  res.writeHead(200, { "content-type": contentType });
  res.end(text);
}
