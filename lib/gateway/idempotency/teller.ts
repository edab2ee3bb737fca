import { z } from "zod";
import type { ApiError } from "#lib/wire/errors.ts";
import type { Exchange } from "../exchange.ts";
import { openReplyStream, type ReplyStream } from "../reply-stream.ts";
import type { AnswerPart } from "./answer-reader.ts";
import type { CallRun } from "./call-run.ts";

/** Tells a client an answer that was made for another call of its account. */
export interface Teller {
  /** A stream is passed on as it comes, any other answer once it is whole. Resolves when the client has room for more. */
  tell(part: AnswerPart): Promise<void>;
  /** Ends an answer that will not be completed; false when nothing of it was sent. */
  breakOff(error: ApiError): boolean;
  stop(): void;
}

const errorSchema = z.object({ error: z.object({ code: z.string() }) });

/** `fail` gives the end of a stream that failed, in the dialect of the call. */
export function createTeller(
  exchange: Exchange,
  run: CallRun,
  { keepAliveMs, fail }: { keepAliveMs: number; fail(error: ApiError): string },
): Teller {
  const { res, facts } = exchange;
  const whole: Buffer[] = [];
  let stream: ReplyStream | null = null;

  function setHeaders(headers: Record<string, string>): void {
    facts.replayOf = run.requestId;
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.setHeader("x-request-id", run.requestId);
    res.setHeader("x-aig-replayed", "true");
  }

  return {
    async tell({ head, bytes, state }) {
      if (!head || res.destroyed) return;
      if (head.headers["content-type"]?.startsWith("text/event-stream")) {
        if (!stream) {
          setHeaders(head.headers);
          stream = openReplyStream(res, { begin: () => "", keepAliveMs, recorder: null });
          stream.open();
        }
        await stream.write(bytes);
        if (state === "ended") stream.end("");
        return;
      }
      whole.push(bytes);
      if (state !== "ended") return;
      setHeaders(head.headers);
      const body = Buffer.concat(whole);
      if (head.httpStatus >= 400)
        facts.code = errorSchema.parse(JSON.parse(body.toString("utf8"))).error.code;
      res.writeHead(head.httpStatus);
      res.end(body);
    },
    breakOff(error) {
      if (!stream) return false;
      facts.code = res.destroyed ? "client_closed_request" : error.code;
      stream.end(fail(error));
      return true;
    },
    stop() {
      stream?.stop();
    },
  };
}
