import { ApiError } from "#lib/wire/errors.ts";
import type { GatewayContext } from "../context.ts";
import type { Exchange } from "../exchange.ts";
import type { RunningCall } from "../metered-call.ts";
import { ClientGone } from "../read-body.ts";
import type { CallRun } from "./call-run.ts";
import { createTeller } from "./teller.ts";

const pollMs = 100;

/**
 * Gives the answer of another run, as it was given or while it is given. Resolves to false, nothing sent, when that run gave up its key.
 * @throws ApiError when this process ends before anything was sent, ClientGone when the client left before.
 */
export async function replayAnswer(
  context: GatewayContext,
  exchange: Exchange,
  run: CallRun,
  fail: (error: ApiError) => string,
): Promise<boolean> {
  const watch = watchExchange(context, exchange);
  const teller = createTeller(exchange, run, { keepAliveMs: context.keepAliveMs, fail });
  try {
    for (let after = 0, waitMs = 0; ; ) {
      const part = await Promise.race([watch.stopped, context.answers.read(run, after, waitMs)]);
      if (part === "stopped") {
        const error = stopping();
        if (teller.breakOff(error)) return true;
        throw exchange.res.destroyed ? new ClientGone() : error;
      }
      if (part === null) return teller.breakOff(brokenOff());
      await teller.tell(part);
      if (part.state === "ended") return true;
      after = part.next;
      waitMs = part.state === "more" ? 0 : pollMs;
    }
  } finally {
    teller.stop();
    watch.end();
  }
}

function stopping(): ApiError {
  return new ApiError("upstream_unavailable", "The server is stopping. Send the request again.", {
    retryAfterS: 1,
  });
}

function brokenOff(): ApiError {
  return new ApiError(
    "upstream_error",
    "The call with this Idempotency-Key that this answer belongs to ended before it was complete. Send it again.",
  );
}

/** Resolves `stopped` when the client left or this process ends. */
function watchExchange({ running }: GatewayContext, { res }: Exchange) {
  let stop: () => void = () => undefined;
  const stopped = new Promise<"stopped">((resolve) => {
    stop = () => resolve("stopped");
  });
  const call: RunningCall = { interrupt: stop };
  running.add(call);
  res.on("close", stop);
  if (res.destroyed) stop();
  return {
    stopped,
    end() {
      res.off("close", stop);
      running.delete(call);
    },
  };
}
