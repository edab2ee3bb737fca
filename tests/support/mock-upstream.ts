import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** One call as the upstream saw it. */
export interface ReceivedCall {
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
  /** Tells its connection from others. */
  remotePort: number;
  /** Resolves, by `performance.now()`, when the connection or the answer ended. */
  closed: Promise<number>;
  /** Whether the whole answer had been written when it closed. */
  wasComplete(): boolean;
}

export type MockAnswer = (res: ServerResponse, call: ReceivedCall) => void | Promise<void>;

export interface MockUpstream {
  /** A base URL, ending in /v1. */
  url: string;
  calls: ReceivedCall[];
  /** Answers calls from now on: each in turn by the next answer, the last one over and over. */
  script(...answers: MockAnswer[]): void;
  close(): Promise<void>;
}

async function readBody(req: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** A small HTTP server that plays an upstream. */
export async function startMockUpstream(): Promise<MockUpstream> {
  const calls: ReceivedCall[] = [];
  let answers: MockAnswer[] = [sse(...plainStream())];
  const server = createServer(async (req, res) => {
    const closed = new Promise<number>((resolve) => res.once("close", () => resolve(performance.now())));
    const call: ReceivedCall = {
      headers: req.headers,
      remotePort: req.socket.remotePort ?? 0,
      body: await readBody(req),
      closed,
      wasComplete: () => res.writableFinished,
    };
    calls.push(call);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    await answer?.(res, call);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    script: (...next) => {
      answers = next;
      calls.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a status and a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): MockAnswer {
  return (res) => {
    res.writeHead(status, { "content-type": "application/json", ...headers });
    res.end(JSON.stringify(body));
  };
}

export function text(status: number, contentType: string, body: string): MockAnswer {
  return (res) => {
    res.writeHead(status, { "content-type": contentType });
    res.end(body);
  };
}

/** Answers with these pieces of a stream, each flushed on its own, then ends. */
export function sse(...pieces: (Uint8Array | string)[]): MockAnswer {
  return async (res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) {
      res.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    res.end();
  };
}

/** Sends these pieces and then nothing more, leaving the connection open. */
export function sseThenSilence(...pieces: string[]): MockAnswer {
  return (res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.flushHeaders();
    for (const piece of pieces) res.write(piece);
  };
}

/** Sends these pieces and then resets the connection. */
export function sseThenReset(...pieces: string[]): MockAnswer {
  return async (res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.flushHeaders();
    for (const piece of pieces) await new Promise<void>((resolve) => res.write(piece, () => resolve()));
    res.socket?.resetAndDestroy();
  };
}

/** Takes the call and says nothing. */
export function silence(): MockAnswer {
  return () => undefined;
}

/** Destroys the connection before any answer. */
export function refuse(): MockAnswer {
  return (res) => {
    res.socket?.destroy();
  };
}

const head = {
  id: "chatcmpl-mock",
  object: "chat.completion.chunk",
  created: 1_779_000_000,
  model: "kimi-k2.6",
};

/** One event of a chat completion stream. */
export function chunk(delta: Record<string, unknown>, finishReason: string | null = null): string {
  return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`;
}

export const mockUsage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

export function usageChunk(usage: object = mockUsage): string {
  return `data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`;
}

export const done = "data: [DONE]\n\n";

/** A short, proper stream: thinks, answers, finishes, reports 10 prompt and 5 completion tokens. */
export function plainStream(): string[] {
  return [
    chunk({ role: "assistant", content: "" }),
    chunk({ reasoning_content: "A greeting." }),
    chunk({ content: "Hello" }),
    chunk({ content: " there." }),
    chunk({}, "stop"),
    usageChunk(),
    done,
  ];
}

/** The same answer, not streamed. */
export function plainCompletion(): Record<string, unknown> {
  const message = { role: "assistant", content: "Hello there.", reasoning_content: "A greeting." };
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: "stop" }],
    usage: mockUsage,
  };
}
