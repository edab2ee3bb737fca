import { Pool } from "undici";

/** Where a request goes. */
export interface Target {
  origin: string;
  /** Taken in turn by the requests, as if from as many callers. */
  headers: readonly Record<string, string>[];
}

/** One answer as the client met it; times in milliseconds from when it was asked. */
export interface Answer {
  ok: boolean;
  totalMs: number;
  firstByteMs: number;
  events: number;
  /** Between one event and the next, as they arrived. */
  gapsMs: number[];
}

const LF = 10;

/** Counts the ends of events, wherever the bytes were cut. */
function createEventCounter(): (bytes: Uint8Array) => number {
  let last = 0;
  return (bytes) => {
    let events = 0;
    for (const byte of bytes) {
      if (byte === LF && last === LF) {
        events++;
        last = 0;
      } else last = byte;
    }
    return events;
  };
}

export interface Client {
  ask(body: string): Promise<Answer>;
  /** The whole answer, for comparing. */
  read(body: string): Promise<{ status: number; text: string }>;
  /** The status of an answer to a request with headers of its own. */
  status(body: string, headers: Record<string, string>): Promise<number>;
  close(): Promise<void>;
}

/** A client that keeps its connections and measures each answer. */
export function createClient({ origin, headers }: Target): Client {
  const pool = new Pool(origin, {
    connections: null,
    pipelining: 1,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  });
  const senders = headers.map((own) => ({ "content-type": "application/json", ...own }));
  let turn = 0;
  const request = (body: string) => {
    const sender = senders[turn++ % senders.length] ?? {};
    return { path: "/v1/chat/completions", method: "POST" as const, headers: sender, body };
  };
  return {
    ask: (body) => measure(pool, request(body)),
    async read(body) {
      const answer = await pool.request(request(body));
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    async status(body, own) {
      const { headers: usual, ...rest } = request(body);
      const answer = await pool.request({ ...rest, headers: { ...usual, ...own } });
      await answer.body.dump();
      return answer.statusCode;
    },
    close: () => pool.destroy(),
  };
}

function measure(pool: Pool, request: Parameters<Pool["dispatch"]>[0]): Promise<Answer> {
  return new Promise((resolve) => {
    const askedAt = performance.now();
    const countEvents = createEventCounter();
    const answer: Answer = { ok: false, totalMs: 0, firstByteMs: 0, events: 0, gapsMs: [] };
    let lastEventAt = 0;
    const finish = (ok: boolean) => {
      answer.ok &&= ok;
      answer.totalMs = performance.now() - askedAt;
      resolve(answer);
    };
    pool.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, status) => {
        answer.ok = status === 200;
      },
      onResponseData: (_controller, chunk) => {
        const now = performance.now();
        if (answer.firstByteMs === 0) answer.firstByteMs = now - askedAt;
        const events = countEvents(chunk);
        if (events === 0) return;
        if (answer.events > 0) answer.gapsMs.push(now - lastEventAt);
        for (let more = 1; more < events; more++) answer.gapsMs.push(0);
        answer.events += events;
        lastEventAt = now;
      },
      onResponseEnd: () => finish(true),
      onResponseError: () => finish(false),
    });
  });
}

export interface Load {
  answers: Answer[];
  /** From the first request to the last answer. */
  elapsedMs: number;
}

/** Keeps `concurrency` requests under way for `windowMs`, then waits for the last. */
export async function loadFor(
  client: Client,
  body: string,
  { concurrency, windowMs }: { concurrency: number; windowMs: number },
): Promise<Load> {
  const answers: Answer[] = [];
  const startedAt = performance.now();
  const worker = async () => {
    while (performance.now() - startedAt < windowMs) answers.push(await client.ask(body));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { answers, elapsedMs: performance.now() - startedAt };
}
