import { readUIMessageStream } from "ai";
import {
  type ChatChunk,
  type ChatUIMessage,
  type MessageParts,
  parseParts,
  toStorableJson,
} from "../message.ts";
import { addChunk } from "./chunks.ts";

/** The parts that a log gives when it is replayed onto the parts that were there before it, as the database stores them. */
export async function reduceParts(
  messageId: string,
  kept: MessageParts,
  chunks: Iterable<ChatChunk>,
): Promise<MessageParts> {
  const joined: ChatChunk[] = [];
  for (const chunk of chunks) addChunk(joined, chunk);
  const message: ChatUIMessage = { id: messageId, role: "assistant", parts: structuredClone(kept) };
  const states = readUIMessageStream<ChatUIMessage>({
    message,
    stream: streamOf(joined),
    terminateOnError: true,
  });
  let parts = kept;
  for await (const state of states) parts = state.parts;
  return parseParts(JSON.parse(toStorableJson(parts)));
}

function streamOf(chunks: readonly ChatChunk[]): ReadableStream<ChatChunk> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
