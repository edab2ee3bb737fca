import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One call that a scripted gateway received, and the hand that writes its answer. */
export interface ScriptedCall {
  requestId: string;
  headers: IncomingMessage["headers"];
  body: {
    input: unknown[];
    model: string;
    stream: boolean;
    reasoning?: unknown;
    tools?: unknown[];
    instructions?: string;
    max_output_tokens?: number;
    text?: unknown;
  };
  /** Resolves when the caller hung up before the answer ended. */
  left: Promise<void>;
  think(text: string): void;
  say(text: string): void;
  /** Calls a tool; `input` may be given as text that is no JSON. */
  call(toolCallId: string, name: string, input: unknown): void;
  /** Begins a call of a tool and leaves its arguments unfinished. */
  beginCall(toolCallId: string, name: string, begun: string): void;
  /** Ends the answer as complete, or as cut by the token limit. */
  finish(reason?: "max_output_tokens"): void;
  /** Breaks the connection in the middle of the answer. */
  breakOff(): void;
  /** An error event in the stream, which then ends. */
  fail(code: string, message: string): void;
  /** Answers with an error instead of a stream. */
  refuse(status: number, error: { code: string; message: string }, headers?: Record<string, string>): void;
}

export interface ScriptedGateway {
  url: string;
  /** The next call that arrives, or arrived and was not taken yet. */
  nextCall(): Promise<ScriptedCall>;
  close(): Promise<void>;
}

/** A server that speaks the streamed half of `POST /v1/responses`, one event at a time as the test says. */
export async function startScriptedGateway(): Promise<ScriptedGateway> {
  const arrived: ScriptedCall[] = [];
  const waiting: ((call: ScriptedCall) => void)[] = [];
  const server = createServer((request, response) => {
    void takeCall(request, response).then((call) => {
      const taker = waiting.shift();
      if (taker) taker(call);
      else arrived.push(call);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    nextCall() {
      const call = arrived.shift();
      return call ? Promise.resolve(call) : new Promise((done) => waiting.push(done));
    },
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function takeCall(request: IncomingMessage, response: ServerResponse): Promise<ScriptedCall> {
  const bytes: Buffer[] = [];
  for await (const chunk of request) bytes.push(chunk);
  const requestId = `req_${randomBytes(16).toString("hex")}`;
  const writer = createAnswer(response, requestId);
  const left = new Promise<void>((done) => {
    response.once("close", () => {
      if (!response.writableEnded) done();
    });
  });
  const body = JSON.parse(Buffer.concat(bytes).toString("utf8"));
  return { requestId, headers: request.headers, body, left, ...writer };
}

function createAnswer(response: ServerResponse, requestId: string) {
  const shared = { model: "moonshot/kimi-k2.6", created_at: 0 };
  let item: { id: string; type: "reasoning" | "message"; text: string } | null = null;
  let made = 0;

  function send(event: { type: string; [field: string]: unknown }): void {
    if (!response.headersSent) {
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "x-request-id": requestId,
        "x-aig-provider": "scripted",
      });
      send({ type: "response.created", response: { id: "resp_1", ...shared } });
    }
    response.write(`event: ${event.type}\ndata: ${JSON.stringify({ sequence_number: 0, ...event })}\n\n`);
  }

  function close(): void {
    if (!item) return;
    const encrypted = item.type === "reasoning" ? { encrypted_content: `sealed ${item.text}` } : {};
    send({ type: "response.output_item.done", output_index: made, item: { ...item, ...encrypted } });
    item = null;
  }

  function open(type: "reasoning" | "message"): { id: string; text: string } {
    if (item?.type === type) return item;
    close();
    made += 1;
    const opened = { id: `${type}_${requestId}_${made}`, type, text: "" };
    item = opened;
    send({ type: "response.output_item.added", output_index: made, item: opened });
    return opened;
  }

  return {
    think(text: string): void {
      const opened = open("reasoning");
      opened.text += text;
      const place = { item_id: opened.id, output_index: made, summary_index: 0 };
      send({ type: "response.reasoning_summary_text.delta", ...place, delta: text });
    },
    say(text: string): void {
      const opened = open("message");
      opened.text += text;
      const place = { item_id: opened.id, output_index: made, content_index: 0 };
      send({ type: "response.output_text.delta", ...place, delta: text });
    },
    beginCall(toolCallId: string, name: string, begun: string): void {
      close();
      made += 1;
      const item = {
        type: "function_call",
        id: `fc_${toolCallId}`,
        call_id: toolCallId,
        name,
        arguments: "",
      };
      send({ type: "response.output_item.added", output_index: made, item });
      const place = { item_id: item.id, output_index: made };
      send({ type: "response.function_call_arguments.delta", ...place, delta: begun });
    },
    call(toolCallId: string, name: string, input: unknown): void {
      const text = typeof input === "string" ? input : JSON.stringify(input);
      this.beginCall(toolCallId, name, text);
      const item = {
        type: "function_call",
        id: `fc_${toolCallId}`,
        call_id: toolCallId,
        name,
        arguments: text,
        status: "completed",
      };
      send({ type: "response.output_item.done", output_index: made, item });
    },
    finish(reason?: "max_output_tokens"): void {
      close();
      const incomplete = reason === undefined ? null : { reason };
      const usage = { input_tokens: 10, output_tokens: 5 };
      const type = reason === undefined ? "response.completed" : "response.incomplete";
      send({ type, response: { ...shared, incomplete_details: incomplete, usage } });
      response.end();
    },
    breakOff(): void {
      response.destroy();
    },
    fail(code: string, message: string): void {
      send({ type: "response.failed", response: { ...shared, error: { code, message } } });
      response.end();
    },
    refuse(
      status: number,
      error: { code: string; message: string },
      headers: Record<string, string> = {},
    ): void {
      response.writeHead(status, {
        "content-type": "application/json",
        "x-request-id": requestId,
        ...headers,
      });
      response.end(JSON.stringify({ error: { type: "invalid_request_error", param: null, ...error } }));
    },
  };
}
