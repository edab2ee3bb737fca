import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { ToolFailure } from "../tool.ts";
import { maxSourceTools, type Operation, type SourceTool } from "./source.ts";

type Json = Record<string, unknown>;

const methods = ["get", "post", "put", "patch", "delete"] as const;
const maxDepth = 12;
const maxDescriptionChars = 1_000;

const documentSchema = z.looseObject({
  openapi: z.string().regex(/^3\./, "must be OpenAPI 3"),
  info: z.looseObject({ title: z.string() }),
  servers: z.array(z.looseObject({ url: z.string() })).optional(),
  paths: z.record(z.string(), z.unknown()),
});

const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: z.unknown().optional(),
});

/**
 * The tools that an OpenAPI 3 document (JSON or YAML) describes: one for each operation, its parameters and the fields of its
 * JSON body side by side in one input. `documentUrl`: where it came from, to which relative servers refer; empty if pasted.
 * @throws ToolFailure naming what is wrong with it
 */
export function readOpenApi(text: string, documentUrl: string): { title: string; tools: SourceTool[] } {
  const parsed = documentSchema.safeParse(readDocument(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ToolFailure(
      `This is no OpenAPI 3 document: ${issue?.path.join(".") || "it"} ${issue?.message}.`,
    );
  }
  const document = parsed.data;
  const base = baseUrl(document.servers?.[0]?.url ?? "/", documentUrl);
  const tools = Object.entries(document.paths).flatMap(([path, item]) => {
    const shared = asObject(resolve(item, document));
    return methods.flatMap((method) => {
      const operation = shared[method];
      return operation === undefined
        ? []
        : [toTool({ document, base, path, method, shared, operation: asObject(operation) })];
    });
  });
  if (tools.length === 0) throw new ToolFailure("The document describes no operations.");
  return { title: document.info.title, tools: tools.slice(0, maxSourceTools) };
}

function readDocument(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw new ToolFailure("The document is neither JSON nor YAML.", { cause });
  }
}

function baseUrl(server: string, documentUrl: string): string {
  const url = URL.parse(server, documentUrl === "" ? undefined : documentUrl);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new ToolFailure(`Its server ${server} is not an http or https address.`);
  }
  return url.href.replace(/\/$/, "");
}

interface Place {
  document: Json;
  base: string;
  path: string;
  method: (typeof methods)[number];
  shared: Json;
  operation: Json;
}

function toTool({ document, base, path, method, shared, operation }: Place): SourceTool {
  const given = [...asList(shared.parameters), ...asList(operation.parameters)].flatMap((one) => {
    const parameter = parameterSchema.safeParse(resolve(one, document));
    return parameter.success ? [parameter.data] : [];
  });
  const parameters: Operation["parameters"] = [];
  const properties: Json = {};
  const required = new Set<string>();
  for (const { name, in: place, required: needed, description, schema } of given) {
    if (place !== "path" && place !== "query" && place !== "header") continue;
    parameters.push({ name, in: place });
    const own = description === undefined ? {} : { description: description.slice(0, maxDescriptionChars) };
    properties[name] = { ...asObject(resolve(schema ?? {}, document)), ...own };
    if (needed || place === "path") required.add(name);
  }
  const body = bodySchema(operation, document);
  for (const [name, schema] of Object.entries(asObject(body?.properties))) properties[name] ??= schema;
  for (const name of asList(body?.required)) if (typeof name === "string") required.add(name);
  return {
    name: typeof operation.operationId === "string" ? operation.operationId : `${method} ${path}`,
    title: typeof operation.summary === "string" ? operation.summary.slice(0, 100) : null,
    description: saysOf(operation, method, path),
    inputSchema: { type: "object", properties, required: [...required], additionalProperties: false },
    operation: {
      method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).parse(method.toUpperCase()),
      url: `${base}${path}`,
      parameters,
      hasBody: body !== null,
    },
  };
}

function saysOf(operation: Json, method: string, path: string): string {
  const said = [operation.summary, operation.description].filter((text) => typeof text === "string");
  return (said.join(". ") || `${method.toUpperCase()} ${path}`).slice(0, maxDescriptionChars);
}

function bodySchema(operation: Json, document: Json): Json | null {
  const content = asObject(asObject(resolve(operation.requestBody ?? {}, document)).content);
  const json = Object.entries(content).find(([type]) => /^application\/(?:.+\+)?json\b/.test(type))?.[1];
  return json === undefined ? null : asObject(resolve(asObject(json).schema ?? {}, document));
}

/** The value with its references put in place; one that leads into itself becomes "anything". */
function resolve(value: unknown, document: Json, depth = 0): unknown {
  if (depth > maxDepth) return {};
  if (Array.isArray(value)) return value.map((item) => resolve(item, document, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string") {
    return resolve(target(value.$ref, document), document, depth + 1);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, resolve(inner, document, depth + 1)]),
  );
}

function target(reference: string, document: Json): unknown {
  if (!reference.startsWith("#/")) return {};
  const steps = reference.slice(2).split("/");
  return steps.reduce<unknown>((value, step) => {
    const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    const inside = asObject(value);
    return Object.hasOwn(inside, name) ? inside[name] : {};
  }, document);
}

function asObject(value: unknown): Json {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  return parsed.success ? parsed.data : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
