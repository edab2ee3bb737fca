import { getToolName, isStepCount, isToolUIPart, streamText, type ToolSet, toUIMessageChunk } from "ai";
import { readFile, readFileText } from "../attachments/attachments.ts";
import { attachmentIdOf, type FilePart, kindOf } from "../attachments/file-part.ts";
import { type LoadedFile, showFiles } from "../attachments/show-files.ts";
import type { ChatOptions } from "../default-options.ts";
import { toModelMessages } from "../history.ts";
import type { ChatChunk, ChatUIMessage, StoredMessage } from "../message.ts";
import type { Offer } from "../tools/offer.ts";
import { callOptions } from "./call-options.ts";
import type { ChatEnvironment } from "./environment.ts";
import { gatewayModel } from "./gateway-model.ts";
import { createReasoningTimer } from "./time-reasoning.ts";
import { createToolTimer } from "./time-tools.ts";

/** How often in a row the model may use tools before the person is asked whether it should go on. */
const maxSteps = 20;

export interface ReplyStream {
  environment: ChatEnvironment;
  accountId: string;
  /** From the root to the reply, as it was before this generation. */
  path: readonly StoredMessage[];
  offer: Offer;
  options: ChatOptions;
  signal: AbortSignal;
  /** Sees the headers of every answer of the gateway: one a step. */
  onAnswer(headers: Headers): void;
  push(chunk: ChatChunk): void;
}

/** How the model's stream ended: `error` is what broke it off. */
export interface StreamEnd {
  finishReason: string | null;
  error?: unknown;
}

/** Streams a reply: what the model thinks and says, the tools it calls, and what they give. Does not throw. */
export async function streamReply(stream: ReplyStream): Promise<StreamEnd> {
  const { environment, offer, signal } = stream;
  const [timedReasoning, timedTools] = [
    createReasoningTimer(environment.now),
    createToolTimer(environment.now),
  ];
  const end: StreamEnd = { finishReason: null };
  try {
    const reply = withoutMissingTools(stream);
    const continuing = (reply.metadata.keptParts ?? 0) > 0;
    const before = await showFiles(stream.path.slice(0, -1), (file) => loadFile(stream, file));
    const result = streamText({
      model: gatewayModel(environment, stream.accountId, stream.onAnswer),
      messages: await toModelMessages(continuing ? [...before, reply] : before, {
        continuing,
        tools: offer.tools,
      }),
      tools: offer.tools,
      toolApproval: ({ toolCall }) => (offer.needsApproval(toolCall.toolName) ? "user-approval" : undefined),
      stopWhen: isStepCount(maxSteps),
      ...callOptions(stream.options, continuing ? reply.parts : null),
      maxRetries: 0,
      abortSignal: signal,
      onError: ({ error }) => {
        end.error ??= error;
      },
    });
    for await (const part of result.stream) {
      if (part.type === "finish") end.finishReason = part.finishReason;
      const chunk = toUIMessageChunk<ToolSet, ChatUIMessage>(part, {
        tools: offer.tools,
        sendStart: false,
        sendFinish: false,
      });
      if (chunk && chunk.type !== "error" && chunk.type !== "abort")
        stream.push(timedTools(timedReasoning(chunk)));
    }
  } catch (error) {
    end.error ??= error;
  }
  return end;
}

/** What a file holds for the model: pictures are bytes, all else is text. */
async function loadFile({ environment, accountId }: ReplyStream, file: FilePart): Promise<LoadedFile> {
  const id = attachmentIdOf(file);
  if (id === null) return null;
  return kindOf(file.mediaType) === "image"
    ? readFile(environment, accountId, id)
    : readFileText(environment, accountId, id);
}

/** The reply to go on with. Calls that were approved of a tool which is not there any more fail at once. */
function withoutMissingTools({ path, offer, push }: ReplyStream): StoredMessage {
  const reply = path.at(-1);
  if (!reply) throw new Error("There is no reply to write.");
  const parts = reply.parts.map((part) => {
    if (!isToolUIPart(part) || part.state !== "approval-responded" || !part.approval.approved) return part;
    if (Object.hasOwn(offer.tools, getToolName(part))) return part;
    const errorText = "This tool is not available any more.";
    push({ type: "tool-output-error", toolCallId: part.toolCallId, errorText });
    const { approval, ...call } = part;
    return { ...call, state: "output-error" as const, errorText };
  });
  return { ...reply, parts };
}
