import { z } from "zod";
import { chatRequestSchema } from "#lib/wire/chat-completions.ts";
import { type ErrorCode, errorTable } from "#lib/wire/errors.ts";
import { responsesRequestSchema } from "#lib/wire/responses/request.ts";
import { tagHeader } from "../call-tag.ts";
import { idempotencyHeader } from "../idempotency/idempotency-key.ts";
import { usageQuerySchema } from "../usage-query.ts";
import { answerSchemas } from "./answers.ts";
import { type Operation, operations } from "./operations.ts";

type Json = Record<string, unknown>;

let made: Json | undefined;

/** The OpenAPI 3.1 description of this API, from the schemas that validate and the error table. */
export function getOpenApi(): Json {
  made ??= describeApi();
  return made;
}

function describeApi(): Json {
  const paths: Record<string, Json> = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method = "", path = ""] = route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(operation, path) };
  }
  const schemas = {
    ChatCompletionRequest: chatRequestSchema,
    ResponseRequest: responsesRequestSchema,
    ...answerSchemas,
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "AIgateway",
      version: "1",
      description:
        "An OpenAI-compatible API. Fields that are not described here are passed on to the model as they are.",
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "An API key, `sk-aig-…`." } },
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toSchema(schema)])),
    },
  };
}

function toSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

function describeOperation(operation: Operation, path: string): Json {
  const { id, summary, takes, gives, open, errors } = operation;
  const parameters = [
    ...pathParameters(path),
    ...(takes ? callHeaders : []),
    ...(id === "getUsage" ? usageParameters() : []),
  ];
  return {
    operationId: id,
    summary,
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(takes && { requestBody: { required: true, content: json(takes) } }),
    responses: {
      "200": {
        description: takes ? "The answer; with `stream` its events." : "The answer.",
        headers: { "x-request-id": { schema: { type: "string" }, description: "Names the request." } },
        content: {
          ...contentOf(gives, path),
          ...(takes && { "text/event-stream": { schema: { type: "string" } } }),
        },
      },
      ...(id === "getReadiness" && {
        "503": { description: "It cannot serve.", content: json("Readiness") },
      }),
      ...errorResponses(errors),
    },
  };
}

function contentOf(gives: Operation["gives"], path: string): Json {
  if (gives !== null) return json(gives);
  return path.endsWith(".json")
    ? { "application/json": { schema: { type: "object" } } }
    : { "text/plain": { schema: { type: "string" } } };
}

function json(schema: string): Json {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

const callHeaders: readonly Json[] = [
  {
    name: tagHeader,
    in: "header",
    description: "Books the cost under a name, kept on the request and grouped in /v1/usage.",
    schema: { type: "string", maxLength: 64 },
  },
  {
    name: idempotencyHeader,
    in: "header",
    description:
      "A repeated call of the same key and body within a day gets the same answer and is charged once.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
];

function usageParameters(): Json[] {
  const { properties = {} } = z.toJSONSchema(usageQuerySchema, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
}

/** One response a status; its text names the codes that come with it. */
function errorResponses(codes: readonly ErrorCode[]): Json {
  const byStatus = Object.groupBy(codes, (code) => errorTable[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, those = []]) => [
      status,
      {
        description: those.map((code) => `\`${code}\`: ${errorTable[code].meaning}`).join(" "),
        ...(those.some((code) => errorTable[code].status === 429) && {
          headers: { "retry-after": { schema: { type: "integer" }, description: "Seconds." } },
        }),
        content: json("Error"),
      },
    ]),
  );
}
