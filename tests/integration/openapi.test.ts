import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "#lib/gateway/openapi/operations.ts";
import { findRoute, routeList } from "#lib/gateway/routes.ts";
import { errorTable } from "#lib/wire/errors.ts";
import { databases } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  post,
  startTestGateway,
  type TestGateway,
} from "#tests/support/gateway.ts";
import { json, type MockUpstream, plainCompletion, startMockUpstream } from "#tests/support/mock-upstream.ts";

let upstream: MockUpstream;
let gateway: TestGateway;
let caller: Awaited<ReturnType<typeof createTestCaller>>;
let api: Description;

interface Description {
  openapi: string;
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, object>; securitySchemes: object };
}

interface OperationObject {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}

beforeAll(async () => {
  upstream = await startMockUpstream();
  upstream.script(json(200, plainCompletion()));
  const [database] = databases;
  gateway = await startTestGateway({ databaseUrl: database?.url ?? "", upstreamUrl: upstream.url });
  caller = await createTestCaller(gateway.db, { plan: "trial", key: { monthlyBudgetNanoUsd: 10n ** 12n } });
  api = await (await fetch(`${gateway.url}/openapi.json`)).json();
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const get = (path: string, apiKey = caller.apiKey) =>
  fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });

/** The schemas as described, and with every object closed, so that a field left out of the description is told. */
function checker(schemas: object) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: "api", components: { schemas } });
  return (name: string, body: unknown) => {
    const validate = ajv.getSchema(`api#/components/schemas/${name}`);
    if (!validate) throw new Error(`There is no schema ${name}.`);
    validate(body);
    return validate.errors ?? [];
  };
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  const open = "properties" in schema && !("additionalProperties" in schema);
  return Object.fromEntries(open ? [...entries, ["additionalProperties", false]] : entries);
}

describe("the description", () => {
  test("has every route and nothing else, each path leading to it", () => {
    expect(Object.keys(operations).sort()).toEqual(
      routeList.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    const described = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(Object.keys(operations).sort());
    for (const { method, path } of routeList) {
      expect(() => findRoute(method, path.replace(/\{\w+\}/, "some%2Fthing"))).not.toThrow();
    }
  });

  test("is OpenAPI 3.1 in its structure: ids unique, parameters declared, references found, schemas valid", () => {
    expect(api.openapi).toBe("3.1.0");
    const all = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const isValid = (schema: object) => ajv.validateSchema(schema) === true;
    for (const { path, operation } of all) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = operation.parameters ?? [];
      expect(
        parameters.filter((each) => each.in === "path" && each.required).map(({ name }) => name),
      ).toEqual(inPath);
      expect(parameters.every(({ schema }) => isValid(schema))).toBe(true);
      expect(Object.keys(operation.responses)).toContain("200");
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(description).not.toBe("");
        expect(Object.values(content).every(({ schema }) => isValid(schema))).toBe(true);
      }
    }
    const references = JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
    const names = [...references].map(([, name]) => name ?? "");
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(api.components.schemas).toHaveProperty(name);
    expect(Object.values(api.components.schemas).every(isValid)).toBe(true);
  });

  test("names every error that a program can meet", () => {
    const ofPagesOnly = [
      "not_signed_in",
      "wrong_credentials",
      "foreign_origin",
      "email_taken",
      "generation_running",
      "file_type_not_accepted",
      "file_too_large",
      "file_unreadable",
      "file_storage_full",
    ];
    const ofAnyPath = ["not_found", "method_not_allowed"];
    const text = JSON.stringify(api.paths);
    const missing = Object.keys(errorTable).filter((code) => !text.includes(`\`${code}\``));
    for (const code of missing) expect([...ofPagesOnly, ...ofAnyPath]).toContain(code);
  });
});

describe("the server's own answers", () => {
  test("fit their schemas, with no field left undescribed", async () => {
    const check = checker(Object(closed(api.components.schemas)));
    const chat = await post(
      `${gateway.url}/v1/chat/completions`,
      caller.apiKey,
      chatBody({ max_completion_tokens: 9 }),
    );
    const id = chat.headers.get("x-request-id");
    expect(check("ChatCompletion", await chat.json())).toEqual([]);
    const answers = {
      ModelList: await get("/v1/models"),
      Model: await get("/v1/models/moonshot/kimi-k2.6"),
      Request: await get(`/v1/requests/${id}`),
      UsagePage: await get("/v1/usage?group_by=model,key,source,tag"),
      Key: await get("/v1/key"),
      Health: await get("/healthz"),
      Readiness: await get("/readyz"),
      RotatedKey: await post(`${gateway.url}/v1/keys/${caller.keyId}/rotate`, caller.apiKey, ""),
    };
    for (const [name, answer] of Object.entries(answers)) {
      expect([name, answer.status]).toEqual([name, 200]);
      expect([name, check(name, await answer.json())]).toEqual([name, []]);
    }
  });

  test("of the Responses API fit theirs", async () => {
    const check = checker(api.components.schemas);
    const body = { model: "moonshot/kimi-k2.6", input: "Say hello.", max_output_tokens: 9 };
    const answer = await post(`${gateway.url}/v1/responses`, caller.apiKey, body);
    expect(check("Response", await answer.json())).toEqual([]);
  });

  test("are errors as described, of a status the operation lists", async () => {
    const check = checker(Object(closed(api.components.schemas)));
    const chat = "/v1/chat/completions";
    const errors: [string, string, Response][] = [
      ["post", chat, await post(`${gateway.url}${chat}`, caller.apiKey, "{")],
      ["post", chat, await post(`${gateway.url}${chat}`, "sk-aig-none", chatBody())],
      ["post", chat, await post(`${gateway.url}${chat}`, caller.apiKey, chatBody({ model: "no/model" }))],
      ["get", "/v1/models/{model}", await get("/v1/models/none")],
      ["get", "/v1/requests/{id}", await get("/v1/requests/none")],
      ["get", "/v1/usage", await get("/v1/usage?limit=0")],
      ["get", "/v1/key", await get("/v1/key", "none")],
      ["post", "/v1/keys/{id}/rotate", await post(`${gateway.url}/v1/keys/none/rotate`, caller.apiKey, "")],
    ];
    for (const [method, path, answer] of errors) {
      expect(answer.ok).toBe(false);
      expect(Object.keys(api.paths[path]?.[method]?.responses ?? {})).toContain(String(answer.status));
      expect(check("Error", await answer.json())).toEqual([]);
    }
  });

  test("a body that fits the description's schema is taken, one that does not is refused", async () => {
    const check = checker(api.components.schemas);
    const bodies = [
      chatBody({ max_completion_tokens: 9 }),
      chatBody({ messages: [] }),
      { messages: "none" },
      chatBody({ n: 0 }),
    ];
    for (const body of bodies) {
      const answer = await post(`${gateway.url}/v1/chat/completions`, caller.apiKey, body);
      expect(answer.status === 200).toBe(check("ChatCompletionRequest", body).length === 0);
    }
  });
});
