import { z } from "zod";

/** For how many days an account may have bodies kept. */
export const bodyDays = [1, 7, 30] as const;
export type BodyDays = (typeof bodyDays)[number];

/** In UTF-8, of the request and of the answer each. What is larger is not kept. */
export const maxBodyBytes = 1024 * 1024;

const answerSchema = z.object({
  reasoning: z.string(),
  content: z.string(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })).readonly(),
  error: z.string().nullable(),
});

/** What a call was answered, put together from its stream. `error` is what the caller was told of a failure. */
export type KeptAnswer = z.infer<typeof answerSchema>;

/** What is kept of a call's bodies; null for what was too large. */
export interface KeptBody {
  /** The request's, as JSON. */
  request: string | null;
  answer: KeptAnswer | null;
  expiresAt: Date;
}

/** Reads an answer as it was kept. */
export function parseKeptAnswer(json: string): KeptAnswer {
  return answerSchema.parse(JSON.parse(json));
}
