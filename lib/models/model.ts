/** Prices of one token, in nano-USD (1e-9 dollars). 950 a token is $0.95 per million. */
export interface ModelPrices {
  inputNanoUsd: number;
  cachedInputNanoUsd: number;
  /** Reasoning tokens are output. */
  outputNanoUsd: number;
}

export interface ModelCapabilities {
  streaming: boolean;
  tools: boolean;
  jsonMode: boolean;
  reasoning: boolean;
  vision: boolean;
}

export interface Benchmark {
  name: string;
  group: "agents" | "coding" | "reasoning" | "vision";
  /** Percent, as published. */
  score: number;
}

/** One entry of the catalog: the picker, `/v1/models`, gating, cost and the docs tables derive from it. */
export interface Model {
  /** The id that clients send, `owner/name`. */
  id: string;
  name: string;
  ownedBy: string;
  description: string;
  /** Seconds since 1970, the day of release. */
  created: number;
  /** Input and output together. */
  contextTokens: number;
  maxOutputTokens: number;
  inputModalities: readonly ("text" | "image")[];
  capabilities: ModelCapabilities;
  prices: ModelPrices;
  /** What known hosts call this model; a host covers its subdomains. */
  upstreamNames: readonly { host: string; name: string }[];
  benchmarks: { source: string; note: string; scores: readonly Benchmark[] };
}
