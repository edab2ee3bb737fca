import { dynamicTool, jsonSchema, type Tool } from "ai";
import { z } from "zod";
import type { ToolHost } from "./host.ts";

const isToolFailure = Symbol.for("aigateway.tool-failure");

/** Why a tool gives no result, in words for the person and the model. Anything else a tool throws is a fault of ours. */
export class ToolFailure extends Error {
  override readonly name = "ToolFailure";
  readonly [isToolFailure] = true;

  /** Told by a mark: Next's bundles each have a class of their own, and what a process has one of throws that of its maker. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: of a class that extends this one, it is that class.
    if (this !== ToolFailure) {
      // biome-ignore lint/complexity/noThisInStatic: see above.
      return Function.prototype[Symbol.hasInstance].call(this, value);
    }
    return typeof value === "object" && value !== null && isToolFailure in value;
  }

  /** What the SDK shows the model and the person. */
  override toString(): string {
    return this.message;
  }
}

export interface ToolRun {
  host: ToolHost;
  /** Aborts when the reply is stopped or the tool's time is over. */
  signal: AbortSignal;
}

/** A tool that every account has. Its folder holds its schema, what runs it, and their tests. */
export interface BuiltInTool {
  /** Its name on the wire. */
  name: string;
  /** Why it cannot be offered here; absent when it can. */
  isAvailable(host: ToolHost): boolean;
  toTool(host: ToolHost): Tool;
}

interface Definition<Input, Output> {
  name: string;
  /** For the model: what it does and when to use it. */
  description: string;
  inputSchema: z.core.$ZodType<Input>;
  isAvailable?: (host: ToolHost) => boolean;
  run(input: Input, run: ToolRun): Promise<Output>;
  /** What the model is shown of a result, where that is not all of it. */
  toModel?: (output: unknown) => unknown;
  timeoutMs: number;
}

/** A built-in tool out of what is special to it. */
export function defineTool<Input, Output>(definition: Definition<Input, Output>): BuiltInTool {
  const { name, description, inputSchema, run, toModel, timeoutMs } = definition;
  // Arguments are checked here and not by the SDK, whose words for what is wrong are for programmers. It makes the schema once.
  const shownSchema = jsonSchema(() => z.toJSONSchema(inputSchema, { io: "input", target: "draft-7" }));
  return {
    name,
    isAvailable: definition.isAvailable ?? (() => true),
    toTool: (host) =>
      dynamicTool({
        description,
        inputSchema: shownSchema,
        execute: (input, { abortSignal }) =>
          runTool(host, name, { timeoutMs, abortSignal }, (signal) =>
            run(checked(inputSchema, input), { host, signal }),
          ),
        ...(toModel && { toModelOutput: ({ output }) => asModelOutput(toModel(output)) }),
      }),
  };
}

/** @throws ToolFailure naming each argument that is wrong */
function checked<Input>(schema: z.core.$ZodType<Input>, input: unknown): Input {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "input"}: ${message}`);
  throw new ToolFailure(`Its arguments are not valid. ${wrong.slice(0, 5).join("; ")}.`);
}

function asModelOutput(value: unknown) {
  return typeof value === "string"
    ? { type: "text" as const, value }
    : { type: "text" as const, value: JSON.stringify(value) };
}

/** The largest result that is stored and shown to the model, as JSON. */
export const maxResultChars = 100_000;

/**
 * Runs a tool within its time, and sees that its result is no larger than what may be stored.
 * @throws ToolFailure, or what the signal was aborted with
 */
export async function runTool<Output>(
  { log }: Pick<ToolHost, "log">,
  name: string,
  { timeoutMs, abortSignal }: { timeoutMs: number; abortSignal: AbortSignal | undefined },
  run: (signal: AbortSignal) => Promise<Output>,
): Promise<Output> {
  const late = AbortSignal.timeout(timeoutMs);
  const signal = abortSignal ? AbortSignal.any([abortSignal, late]) : late;
  try {
    const output = await run(signal);
    const sizeChars = (JSON.stringify(output) ?? "").length;
    if (sizeChars > maxResultChars) {
      throw new ToolFailure(`Its result is too large: ${sizeChars} characters, ${maxResultChars} at most.`);
    }
    return output;
  } catch (error) {
    if (error instanceof ToolFailure) throw error;
    abortSignal?.throwIfAborted();
    if (late.aborted) throw new ToolFailure(`It took longer than ${timeoutMs / 1_000} s.`);
    log.error({ err: error, tool: name }, "a tool failed");
    throw new ToolFailure("It failed because of an error in this server.");
  }
}
