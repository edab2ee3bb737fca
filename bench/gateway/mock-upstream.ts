import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { announce } from "./announce.ts";
import { paceOf, streamEvents, wholeAnswer } from "./answers.ts";

const events = streamEvents.map((text) => Buffer.from(text));
const whole = Buffer.from(wholeAnswer);

/** Each event is a write of its own, in a turn of the event loop of its own: a model never sends two at once. */
function sendEvents(res: ServerResponse, paceMs: number): void {
  res.writeHead(200, { "content-type": "text/event-stream" });
  let next = 0;
  const step = () => {
    if (res.destroyed) return;
    const event = events[next++];
    if (event === undefined) {
      res.end();
      return;
    }
    res.write(event);
    if (paceMs > 0) setTimeout(step, paceMs);
    else setImmediate(step);
  };
  step();
}

function answer(body: string, res: ServerResponse): void {
  if (body.includes('"stream":true')) sendEvents(res, paceOf(body));
  else {
    res.writeHead(200, { "content-type": "application/json", "content-length": whole.length });
    res.end(whole);
  }
}

const server = createServer((req: IncomingMessage, res: ServerResponse) => {
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => chunks.push(chunk));
  req.on("end", () => answer(Buffer.concat(chunks).toString("utf8"), res));
});
server.keepAliveTimeout = 120_000;
announce(server);
