/** A call of one of the request's tools. */
export interface ToolCall {
  name: string;
  /** JSON. */
  arguments: string;
}

/** What the stand-in would say if nothing limited it. */
export interface Turn {
  reasoning: string;
  content: string;
  toolCalls: readonly ToolCall[];
}
