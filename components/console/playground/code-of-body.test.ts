import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CodeSnippet, codeOfBody } from "./code-of-body.ts";
import { bodyOfDraft, type Draft } from "./draft.ts";

const run = promisify(execFile);
const model = "moonshot/kimi-k2.6";

/** Every option, and words that each language has to escape. */
const draft: Draft = {
  messages: [
    { key: "a", role: "system", content: "Answer in 'JSON', \"quoted\"." },
    { key: "b", role: "user", content: "Line one\nline two \\ $HOME `x` 你好" },
  ],
  thinking: false,
  maxTokens: "64",
  json: true,
  stop: "END",
  stream: false,
};

let received: unknown = null;
const server = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  received = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  res.setHeader("content-type", "application/json");
  const message = { role: "assistant", content: '{"ok":true}' };
  res.end(
    JSON.stringify({ id: "1", model, created: 1, choices: [{ index: 0, message, finish_reason: "stop" }] }),
  );
});
let baseUrl = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => server.close());

function codeOf(id: CodeSnippet["id"], body: ReturnType<typeof bodyOfDraft>): string {
  return codeOfBody(body, baseUrl).find((snippet) => snippet.id === id)?.code ?? "";
}

const env = { ...process.env, AIG_KEY: "sk-aig-x" };

test.each(["curl", "javascript", "ai-sdk"] as const)(
  "the code for %s sends what the playground sends",
  async (id) => {
    const body = bodyOfDraft(draft, model);
    received = null;
    const code = codeOf(id, body);
    if (id === "curl") await run("sh", ["-c", code], { env });
    else await run(process.execPath, ["--input-type=module", "-e", code], { env });
    const { max_completion_tokens, ...rest } = body;
    // The AI SDK has the older name of the same limit.
    const limit = id === "ai-sdk" ? { max_tokens: max_completion_tokens } : { max_completion_tokens };
    expect(received).toEqual({ ...rest, ...limit });
  },
  30_000,
);

test.each([false, true])(
  "the code for Python gives its library what the playground sends (stream: %s)",
  async (stream) => {
    const dir = await mkdtemp(join(tmpdir(), "aig-python-"));
    await writeFile(
      join(dir, "openai.py"),
      `import json, sys
class OpenAI:
    def __init__(self, base_url, api_key):
        self.chat = self.completions = self
    def create(self, **given):
        print(json.dumps(given))
        sys.exit()
`,
    );
    const body = bodyOfDraft({ ...draft, stream }, model);
    const { stdout } = await run("python3", ["-c", codeOf("python", body)], {
      env: { ...env, PYTHONPATH: dir },
    });
    const { extra_body, ...given } = JSON.parse(stdout);
    const { stream_options: _, ...expected } = body;
    expect({ ...given, ...extra_body }).toEqual(expected);
  },
  30_000,
);
