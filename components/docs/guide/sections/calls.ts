import { note, paragraph, type Section } from "../blocks.ts";
import { count, type SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function callSections(facts: SectionFacts): Section[] {
  return [request(facts), response(facts), streaming(facts), responses(facts), repeating()];
}

function request({ model, snippets }: SectionFacts): Section {
  return {
    id: "request",
    title: "Request",
    blocks: [
      paragraph(
        "`POST /v1/chat/completions` takes OpenAI's body. Only `model` and `messages` are needed. Fields that are not known here are passed on to the upstream as they are.",
      ),
      codeOf(snippets, "request-body"),
      {
        kind: "table",
        label: "Request fields",
        columns: [{ title: "Field" }, { title: "What happens to it" }],
        rows: [
          [
            "`max_completion_tokens`, `max_tokens`",
            `One limit for thinking and answer together; values above ${count(model.maxOutputTokens)} are lowered to it. A small limit can be used up by thinking alone: leave it out, or give thousands.`,
          ],
          [
            "`temperature`, `top_p`, `n`, `presence_penalty`, `frequency_penalty`",
            "Fixed by the model. Other values are dropped, and `x-aig-warning` says so; the request does not fail.",
          ],
          ["`thinking`", '`{"type": "disabled"}` answers at once, without `reasoning_content`.'],
          [
            "`tool_choice`",
            "`auto` and `none` always; `required` or a named function switches thinking off where you did not ask for it, because the model cannot do both; `x-aig-warning` says so.",
          ],
          [
            "`response_format`",
            "`text`, `json_object` or `json_schema`. Say in the prompt too that JSON is wanted.",
          ],
          ["`stream_options`", '`{"include_usage": true}` adds the usage as the last chunk of a stream.'],
          ["role `developer`", "Sent to the model as `system`."],
        ],
      },
    ],
  };
}

function response({ snippets, offline }: SectionFacts): Section {
  return {
    id: "response",
    title: "Response",
    blocks: [
      paragraph("Without `stream`, one JSON object. This one asks for a tool:"),
      codeOf(snippets, "response-body"),
      paragraph(
        "`reasoning_content` is what the model thought, apart from `content`; ignore it if you do not show it. In a conversation with tools, send it back with the assistant's message. `finish_reason` is `stop`, `length` (the token limit was reached) or `tool_calls`. `prompt_tokens` includes the cached tokens, `completion_tokens` the reasoning tokens.",
      ),
      {
        kind: "table",
        label: "Response headers",
        columns: [{ title: "Header" }, { title: "Meaning" }],
        rows: [
          ["`x-request-id`", "Names this request in the usage page, in `/v1/requests/{id}` and in the log."],
          ["`x-ratelimit-limit-requests`", "Requests per minute that the key may make."],
          ["`x-ratelimit-remaining-requests`", "How many of them are left."],
          ["`x-ratelimit-reset-requests`", "When the number grows again, such as `12s`."],
          [
            "`x-aig-provider`",
            `The upstream that answered${offline ? "; here `offline`, the stand-in" : ""}.`,
          ],
          ["`x-aig-attempts`", "How often upstreams were tried; above 1 after a retry."],
          ["`x-aig-warning`", "What was changed in the request."],
          [
            "`x-aig-replayed`",
            "`true` on an answer that was made for an earlier call; see [Repeating a call](#repeating).",
          ],
        ],
      },
    ],
  };
}

function streaming({ snippets }: SectionFacts): Section {
  return {
    id: "streaming",
    title: "Streaming",
    blocks: [
      paragraph('With `"stream": true` the answer is `text/event-stream`.'),
      codeOf(snippets, "streaming-node", "streaming-python", "streaming-curl"),
      paragraph("Chunks come in this order: role, thinking, answer, finish, usage if asked for, `[DONE]`."),
      codeOf(snippets, "streaming-events"),
      paragraph(
        'Lines that begin with a colon are comments that keep a silent connection open; SSE parsers skip them. A stream that fails on the way ends with `data: {"error": …}` and without `[DONE]`: treat a missing `[DONE]` as a failure. Closing the connection stops the model; what was produced until then is metered.',
      ),
    ],
  };
}

function responses({ snippets }: SectionFacts): Section {
  return {
    id: "responses",
    title: "Responses API",
    blocks: [
      paragraph(
        "`POST /v1/responses` takes OpenAI's Responses body, which the AI SDK uses by default. Thinking comes as `reasoning` items and `response.reasoning_summary_text.*` events.",
      ),
      codeOf(snippets, "responses-curl"),
      note(
        'Send the whole conversation as `input`: `previous_response_id` and `conversation` are refused with a 400 that says so. Send `reasoning` items back as you got them, and the model keeps its thoughts between tool calls. Unless you send `store: false`, the output items are kept, encrypted and for your account alone, for a while (30 days where the operator has not changed it), and `{ "type": "item_reference", "id": "…" }` may stand in `input` for any of them.',
      ),
    ],
  };
}

function repeating(): Section {
  return {
    id: "repeating",
    title: "Repeating a call",
    blocks: [
      paragraph(
        "Send `Idempotency-Key: …` (1 to 255 printable ASCII characters, new for each call) with a chat completion or a response, and the call can be repeated safely: within 24 hours the same key with the same body gives the first answer again, streamed or not, also while it is still being made, with the first `x-request-id` and `x-aig-replayed: true`. It is sent to the model and charged once, and repetitions count against no limit. The key with another body or path is refused with `idempotency_key_reused`.",
      ),
      paragraph(
        "Complete answers and refusals of the body (400) are kept, encrypted, and deleted after the day. After any other failure the same key makes the call again. That includes closing the connection before the end: it stops the model as always, and what was produced until then is charged. Answers above 8 MiB are not kept.",
      ),
    ],
  };
}
