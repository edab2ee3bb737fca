import type { ChatCompletion } from "../chat-completions.ts";
import { createResponsesEncoder } from "./encoder.ts";
import type { ResponseObject } from "./events.ts";
import { newResponseObject, type ResponsesContext } from "./response-object.ts";

/** The response object of a whole chat completion; the same items a stream of it would give. */
export function toResponse(completion: ChatCompletion, context: ResponsesContext): ResponseObject {
  const encoder = createResponsesEncoder(context);
  const choices = completion.choices.map(({ message, ...choice }) => {
    // Whole calls stand alone, whatever ids and names they share.
    const tool_calls = message.tool_calls?.map((call, index) => ({ ...call, index })) ?? null;
    return { ...choice, delta: { ...message, tool_calls } };
  });
  const events = [...encoder.start(), ...encoder.push({ ...completion, choices }), ...encoder.finish()];
  const last = events.at(-1);
  return last && "response" in last ? last.response : newResponseObject(context);
}
