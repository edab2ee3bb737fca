import { z } from "zod";

export const model = "moonshot/kimi-k2.6";

export interface Question {
  prompt: string;
  /** A data URI. */
  image?: string;
  /** Wants `citySchema` back. */
  json?: true;
}

export interface Connection {
  /** Ends with /v1. */
  baseUrl: string;
  apiKey: string;
}

/** A program people use to speak to the API, driven the same way as all others. Everything is streamed. */
export interface TestClient {
  name: string;
  /** Whether it gives the model's reasoning back to the model. */
  keepsReasoning: boolean;
  ask(connection: Connection, question: Question): Promise<{ text: string; reasoning: string }>;
  /** Stops with its own means after the first text. */
  askAndLeave(connection: Connection, prompt: string): Promise<void>;
  /** Lets the model call `step` until it answers. */
  runAgent(connection: Connection, prompt: string): Promise<string>;
  /** What it makes of a refused call. */
  readError(connection: Connection, modelId: string): Promise<{ status: number; message: string }>;
}

export const citySchema = z.object({ city: z.string(), population: z.number() });

export const cityJsonSchema = {
  type: "object",
  properties: { city: { type: "string" }, population: { type: "number" } },
  required: ["city", "population"],
  additionalProperties: false,
};

export const stepTool = {
  name: "step",
  description: "Does one step of the work.",
  parameters: { type: "object", properties: { number: { type: "integer" } }, required: ["number"] },
};

export const stepSchema = z.object({ number: z.int() });

/** What the tool gives back. */
export function runStep(argumentsJson: string): string {
  const { number } = stepSchema.parse(JSON.parse(argumentsJson));
  return JSON.stringify({ done: number });
}

/** No agent may loop for ever. */
export const maxTurns = 40;

const failureSchema = z.object({
  status: z.number().optional(),
  statusCode: z.number().optional(),
  message: z.string(),
});

/** What a client throws, where it names status and message. */
export async function catchError(call: () => Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call();
  } catch (error) {
    const { status, statusCode, message } = failureSchema.parse(error);
    return { status: status ?? statusCode ?? 0, message };
  }
  throw new Error("The call was not refused.");
}
