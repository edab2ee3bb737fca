import type { ChatRequest } from "#lib/wire/chat-completions.ts";
import type { Prompt } from "./prompt.ts";
import { type Reply, say } from "./reply.ts";
import { fallback } from "./skills/fallback.ts";
import { skills } from "./skills/skills.ts";
import { readHints } from "./tools/hints.ts";
import { makeValue } from "./tools/make-value.ts";
import { asSchema } from "./tools/schema.ts";

/** The answer as JSON when the request asks for it: valid against its schema, or an object with the keys named. */
export function composeJson({ response_format: format }: ChatRequest, prompt: Prompt): Reply | null {
  if (format?.type === "json_schema") {
    const wrapper = asSchema(format.json_schema);
    return jsonReply(prompt, makeValue(wrapper.schema ?? {}, readHints(prompt)));
  }
  return format?.type === "json_object" ? jsonReply(prompt, jsonObject(prompt)) : null;
}

function jsonReply(prompt: Prompt, value: unknown): Reply {
  return {
    intent: say(prompt, "The answer has to be JSON.", "答案必须是 JSON。"),
    notes: [
      say(
        prompt,
        "I fill it from the message where it says so. Where only a model could know, I put the least value that is valid.",
        "能从消息中取得的就填入，其余用最小的有效值。",
      ),
    ],
    answer: JSON.stringify(value, null, 2),
    bare: true,
  };
}

function jsonObject(prompt: Prompt): object {
  const keys = keysNamed(prompt.ask);
  if (keys.length > 0) {
    const properties = Object.fromEntries(keys.map((key) => [key, keySchema(key)]));
    return asSchema(makeValue({ type: "object", properties, required: keys }, readHints(prompt)));
  }
  const reply = skills.map((skill) => skill(prompt)).find((found) => found !== null) ?? fallback(prompt);
  const results = prompt.toolResults.map(({ name, content }) => ({ tool: name, result: content }));
  return {
    answer:
      results.length > 0
        ? say(prompt, "The tools answered.", "工具已返回。")
        : reply.answer.replace(/\*\*/g, ""),
    ...(results.length > 0 ? { results } : {}),
    answered_by: "offline stand-in",
  };
}

/** The keys of an object that the prompt sketches: `{"name": …, "age": …}` or "with keys name and age". */
function keysNamed(text: string): string[] {
  const sketched = [...text.matchAll(/["“](\w{1,40})["”]\s*:/g)].map(([, key]) => key);
  const listed =
    /\b(?:keys?|fields?|properties)\s*:?\s+((?:[`"']?\w+[`"']?(?:\s*,\s*(?:and\s+)?|\s+and\s+)?)+)/i.exec(
      text,
    )?.[1];
  const names = sketched.length > 0 ? sketched : (listed?.split(/\s*,\s*(?:and\s+)?|\s+and\s+/) ?? []);
  return [...new Set(names.flatMap((name) => name?.match(/^[`"']?(\w+)/)?.[1] ?? []))].slice(0, 40);
}

function keySchema(key: string): object {
  return /age|count|number|year|amount|total|price|temperature|quantity|score/i.test(key)
    ? { type: "number" }
    : { type: "string" };
}
