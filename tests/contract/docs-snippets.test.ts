import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { firstCallSnippets } from "#components/console/keys/first-call.ts";
import { maxBodyMiB } from "#components/docs/guide/facts.ts";
import { listSnippets, makeSnippets, type SnippetId } from "#components/docs/guide/snippets/list-snippets.ts";
import { makeWebhookSecret, signatureHeaders } from "#lib/alerts/signature.ts";
import { parseChatChunk, parseChatCompletion } from "#lib/wire/chat-completions.ts";
import { readUsage } from "#lib/wire/token-usage.ts";
import { type ContractServer, startContractServer } from "#tests/support/contract-server.ts";
import { until } from "#tests/support/gateway.ts";

const run = promisify(execFile);
const timeoutMs = 60_000;
let server: ContractServer;
let installationUrl: string;
let folder: string;

beforeAll(async () => {
  server = await startContractServer();
  installationUrl = server.baseUrl.replace(/\/v1$/, "");
  folder = mkdtempSync(join(tmpdir(), "aig-snippets-"));
  symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  const { "vision-body": body } = makeSnippets(installationUrl);
  writeFileSync(join(folder, "cat.png"), Buffer.from(/base64,([^"]+)/.exec(body.code)?.[1] ?? "", "base64"));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function environmentOf(extra: Record<string, string>): NodeJS.ProcessEnv {
  return { NODE_ENV: "production", PATH: process.env.PATH, AIG_KEY: server.apiKey, ...extra };
}

/** Runs a snippet as a reader would, with the key in the environment; resolves with what it printed. */
async function runSnippet(id: SnippetId, environment: Record<string, string> = {}): Promise<string> {
  const { language, code } = makeSnippets(installationUrl)[id];
  const file = join(folder, `${id}.${language === "javascript" ? "mjs" : "sh"}`);
  writeFileSync(file, code);
  const program = language === "javascript" ? process.execPath : "bash";
  const { stdout } = await run(program, [file], {
    cwd: folder,
    timeout: timeoutMs,
    env: environmentOf(environment),
  });
  return stdout;
}

async function complete(body: string): Promise<{ status: number; headers: Headers; json: unknown }> {
  const answer = await fetch(`${server.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.apiKey}`, "content-type": "application/json" },
    body,
  });
  return { status: answer.status, headers: answer.headers, json: await answer.json() };
}

const completionSchema = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string().min(1) }) })]),
  usage: z.object({ total_tokens: z.number().positive() }),
});

describe("JavaScript snippets print an answer", () => {
  test.each([
    ["quickstart-node", /\[::-1\]/],
    ["streaming-node", /391/],
    ["streaming-tools-node", /get_weather \{ city: 'Tokyo' \}/],
    ["tools-node", /sunny/],
    ["tools-ai-sdk", /sunny/],
    ["langchain-node", /\w/],
    ["ai-sdk", /\w/],
    ["ai-sdk-reasoning", /391/],
    ["vision-node", /16 × 16/],
  ] as const)("%s", async (id, expected) => expect(await runSnippet(id)).toMatch(expected), timeoutMs);
});

describe("what is shown with a new key works as pasted", () => {
  const call = () => ({ baseUrl: installationUrl, apiKey: server.apiKey, model: "moonshot/kimi-k2.6" });
  const snippet = (id: string) => {
    const found = firstCallSnippets(call(), (key) => key).find((each) => each.id === id);
    if (!found) throw new Error(`There is no snippet ${id}.`);
    return found.code;
  };

  test.each(["curl", "curl-stream", "javascript", "ai-sdk", "langchain-js"])("%s", async (id) => {
    const shell = id.startsWith("curl");
    const file = join(folder, `first-${id}.${shell ? "sh" : "mjs"}`);
    writeFileSync(file, snippet(id));
    const { stdout } = await run(shell ? "bash" : process.execPath, [file], {
      cwd: folder,
      timeout: timeoutMs,
    });
    if (id === "curl") completionSchema.parse(JSON.parse(stdout));
    else if (shell) expect(stdout).toContain("data: [DONE]");
    else expect(stdout.trim().length).toBeGreaterThan(20);
  });

  test("Python compiles, and settings hold address, key and model", async () => {
    for (const id of ["python", "langchain-python"]) {
      const file = join(folder, `first_${id.replaceAll("-", "_")}.py`);
      writeFileSync(file, snippet(id));
      await run("python3", ["-m", "py_compile", file], { cwd: folder });
    }
    for (const id of ["cursor", "cline"]) {
      for (const part of [`${installationUrl}/v1`, server.apiKey, call().model])
        expect(snippet(id)).toContain(part);
    }
  });
});

describe("shell snippets work as pasted", () => {
  test("quickstart-curl answers with a completion", async () => {
    const completion = completionSchema.parse(JSON.parse(await runSnippet("quickstart-curl")));
    expect(completion.choices[0].message.content).toContain("[::-1]");
  });

  test("models-curl lists the model", async () => {
    const schema = z.object({ data: z.array(z.object({ id: z.string() })) });
    const { data } = schema.parse(JSON.parse(await runSnippet("models-curl")));
    expect(data.map(({ id }) => id)).toContain("moonshot/kimi-k2.6");
  });

  test("responses-curl answers with a response", async () => {
    expect(await runSnippet("responses-curl")).toContain("391");
  });

  test("record-curl shows what a request cost, by the id that came with its response", async () => {
    const { headers } = await complete(makeSnippets(installationUrl)["request-body"].code);
    const output = await runSnippet("record-curl", { REQUEST_ID: headers.get("x-request-id") ?? "" });
    const record = z
      .object({ status: z.string(), cost_nano_usd: z.number().positive() })
      .parse(JSON.parse(output));
    expect(record.status).toBe("succeeded");
  });

  test("key-curl tells what the key may do", async () => {
    const schema = z.object({ object: z.literal("key"), models: z.array(z.string()).min(1) });
    expect(schema.parse(JSON.parse(await runSnippet("key-curl"))).models).toContain("moonshot/kimi-k2.6");
  });

  test("usage-curl sums what was metered, by key and tag", async () => {
    await complete(makeSnippets(installationUrl)["request-body"].code);
    const result = z.object({ key_id: z.string(), tag: z.literal(""), cost_nano_usd: z.number().positive() });
    const schema = z.object({ data: z.array(z.object({ results: z.array(result) })) });
    const { data } = schema.parse(JSON.parse(await runSnippet("usage-curl")));
    expect(data.at(-1)?.results).toHaveLength(1);
  });

  test("streaming-curl prints chunks in the order that the guide tells", async () => {
    const events = (await runSnippet("streaming-curl")).split("\n\n").filter((event) => event !== "");
    expect(events.at(-1)).toBe("data: [DONE]");
    expect(orderOf(events)).toEqual(orderOf(sampleEvents("streaming-events")));
  });
});

describe("request bodies are accepted as they stand", () => {
  test.each(["request-body", "vision-body"] as const)("%s", async (id) => {
    const { status, headers, json } = await complete(makeSnippets(installationUrl)[id].code);
    expect(status).toBe(200);
    expect(headers.get("x-aig-warning")).toBeNull();
    completionSchema.parse(json);
  });
});

describe("samples are what our own reader of the wire understands", () => {
  test("response-body", () => {
    const completion = parseChatCompletion(JSON.parse(makeSnippets(installationUrl)["response-body"].code));
    if (!completion || !("choices" in completion)) throw new Error("the sample is not a completion");
    expect(readUsage(completion)).toEqual({
      promptTokens: 312,
      cachedTokens: 256,
      completionTokens: 79,
      reasoningTokens: 58,
    });
  });

  test.each(["streaming-events", "streaming-tools-events"] as const)("%s", (id) => {
    for (const event of sampleEvents(id).slice(0, -1)) {
      expect(parseChatChunk(event.replace(/^data: /, ""))).toHaveProperty("choices");
    }
  });
});

describe("a webhook's receiver as the guide has it", () => {
  const secret = makeWebhookSecret();
  const body = '{"type":"test","id":"dlv_1","data":{"name":"夜"}}';
  const now = () => Math.floor(Date.now() / 1000);
  const sign = (timestamp: number, secrets = [secret]) =>
    signatureHeaders({ id: "dlv_1", timestamp, body }, secrets);

  test("in JavaScript takes what is genuine and refuses what is forged, changed or old", async () => {
    const file = join(folder, "webhook-verify-node.mjs");
    const port = await freePort();
    writeFileSync(file, makeSnippets(installationUrl)["webhook-verify-node"].code);
    const receiver = spawn(process.execPath, [file], {
      env: environmentOf({ WEBHOOK_SECRET: secret, PORT: String(port) }),
    });
    try {
      const url = `http://127.0.0.1:${port}`;
      const call = (headers: Record<string, string>, sent = body) =>
        fetch(url, { method: "POST", headers, body: sent }).then(
          ({ status }) => status,
          () => null,
        );
      await until(() => call({}), 20_000);
      expect(await call(sign(now()))).toBe(204);
      expect(await call(sign(now(), [makeWebhookSecret(), secret]))).toBe(204);
      expect(await call(sign(now(), [makeWebhookSecret()]))).toBe(401);
      expect(await call(sign(now()), `${body} `)).toBe(401);
      expect(await call(sign(now() - 600))).toBe(401);
      expect(await call({ ...sign(now()), "webhook-timestamp": "NaN" })).toBe(401);
    } finally {
      receiver.kill();
    }
  });

  test("in Python as well", async () => {
    const { code } = makeSnippets(installationUrl)["webhook-verify-python"];
    const file = join(folder, "webhook_check.py");
    writeFileSync(
      file,
      `${code}\nimport json, sys\nfor each in json.load(sys.stdin):\n    print(is_genuine(each[0], each[1].encode()))\n`,
    );
    const asked = JSON.stringify([
      [sign(now(), [makeWebhookSecret(), secret]), body],
      [sign(now()), `${body} `],
      [sign(now() - 600), body],
    ]);
    const running = run("python3", [file], { env: environmentOf({ WEBHOOK_SECRET: secret }) });
    running.child.stdin?.end(asked);
    expect((await running).stdout.split("\n").filter(Boolean)).toEqual(["True", "False", "False"]);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("There is no free port.");
  return address.port;
}

test("Python snippets compile", async () => {
  const sources = listSnippets(installationUrl).filter(({ language }) => language === "python");
  expect(sources.length).toBeGreaterThan(3);
  const files = sources.map(({ id, code }) => {
    const file = join(folder, `${id.replaceAll("-", "_")}.py`);
    writeFileSync(file, code);
    return file;
  });
  await run("python3", ["-m", "py_compile", ...files], { cwd: folder });
});

test("a body of the size that the guide names is the largest that is read", async () => {
  const bytes = maxBodyMiB * 1024 * 1024;
  const invalid = (size: number) => `{"model":"${"x".repeat(size - 12)}"}`;
  expect((await complete(invalid(bytes))).status).toBe(400);
  expect((await complete(invalid(bytes + 1))).status).toBe(413);
});

function sampleEvents(id: SnippetId): string[] {
  return makeSnippets(installationUrl)[id].code.split("\n\n");
}

/** What the events of a stream carry, repetitions left out. */
function orderOf(events: readonly string[]): string[] {
  const kinds = events.map((event) => {
    const chunk = parseChatChunk(event.replace(/^data: /, ""));
    if (!chunk || !("choices" in chunk)) return "done";
    const [choice] = chunk.choices;
    if (!choice) return "usage";
    if (choice.finish_reason) return "finish";
    if (choice.delta.role) return "role";
    return choice.delta.reasoning_content ? "reasoning" : "content";
  });
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}
