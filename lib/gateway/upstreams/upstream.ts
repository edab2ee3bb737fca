export interface UpstreamCall {
  /** A chat-completions body, already adapted for the upstream. */
  body: Record<string, unknown>;
  stream: boolean;
  requestId: string;
  /** How long to wait for the first byte of a stream, in milliseconds, where the upstream's own limit is longer. */
  firstByteMs?: number;
  /** Aborting it ends the call, or the answer's body, promptly. */
  signal: AbortSignal;
}

export interface UpstreamAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

/**
 * One place that can serve a model.
 * `send` resolves when the upstream's status and headers are known; it rejects when no answer came at all.
 */
export interface Upstream {
  name: string;
  /** What it calls the model; left out where that is the name that clients use. */
  modelName?: string;
  send(call: UpstreamCall): Promise<UpstreamAnswer>;
}
