export const efforts = ["low", "medium", "high"] as const;
export type Effort = (typeof efforts)[number];

/** What a chat's replies are generated with. Apart from its schema, because the page of a new chat begins without zod. */
export interface ChatOptions {
  thinking: boolean;
  /** How much it thinks; null leaves that to the model. */
  effort: Effort | null;
  systemPrompt: string;
  /** Tokens, thinking included; null is as many as the model allows. */
  maxOutputTokens: number | null;
  answer: "text" | "json";
  /** The JSON Schema that answers in JSON follow; null is any object. */
  jsonSchema: Record<string, unknown> | null;
}

export const defaultChatOptions: ChatOptions = {
  thinking: true,
  effort: null,
  systemPrompt: "",
  maxOutputTokens: null,
  answer: "text",
  jsonSchema: null,
};

/** Whether two choices are the same in all. */
export function sameOptions(one: ChatOptions, other: ChatOptions): boolean {
  const written = ({ thinking, effort, systemPrompt, maxOutputTokens, answer, jsonSchema }: ChatOptions) =>
    JSON.stringify([thinking, effort, systemPrompt, maxOutputTokens, answer, jsonSchema]);
  return written(one) === written(other);
}
