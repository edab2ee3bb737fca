import type { Prompt } from "../prompt.ts";
import { givenText } from "../skills/text-work.ts";

/** What a prompt holds that could fill an argument. */
export interface Hints {
  text: string;
  /** Lower-cased words, in order. */
  words: readonly string[];
  numbers: readonly number[];
  quoted: string | null;
  places: readonly string[];
  expression: string | null;
  url: string | null;
  email: string | null;
  date: string | null;
  path: string | null;
  nowMs: number;
}

export function readHints({ ask: text, nowMs }: Prompt): Hints {
  return {
    text,
    words: text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
    numbers: (
      text.replace(/(\d),(?=\d{3}\b)/g, "$1").match(/(?<![\p{L}\d.])-?\d+(?:\.\d+)?(?![\d-])/gu) ?? []
    ).map(Number),
    quoted: givenText(text),
    places: placesIn(text),
    expression: /[-(\d.][\d\s.+\-*/^%()×÷]*[-+*/^%×÷][\d\s.+\-*/^%()×÷]*[\d)]/.exec(text)?.[0].trim() ?? null,
    url: /https?:\/\/[^\s"'<>)]+/.exec(text)?.[0] ?? null,
    email: /[\w.+-]+@[\w-]+\.[\w.]*\w/.exec(text)?.[0] ?? null,
    date: /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0] ?? null,
    path: /(?:^|[\s"'`])((?:[\w.-]*\/)+[\w.-]+|[\w-]+\.[a-z]{1,4})\b/i.exec(text)?.[1] ?? null,
    nowMs,
  };
}

const notPlaces = new Set(
  `i what whats what's how is are the a an in on and or use call get tell give show find search look check please can could
will would do does today tomorrow monday tuesday wednesday thursday friday saturday sunday weather celsius fahrenheit time
me my it compare json api`.split(/\s+/),
);

/** Names of places by their capitals: "Weather in New York and Tokyo?" Chinese ones by what follows them. */
function placesIn(text: string): string[] {
  const han = [
    ...text.matchAll(/([\p{Script=Han}]{2,4}?)(?=(?:今天|明天|现在)?的?(?:天气|时间|气温))/gu),
  ].flatMap(([, name]) => name?.replace(/^(?:请问|查询|查一下|看看|今天|明天)/, "") || []);
  const names = [...text.matchAll(/\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*/gu)].flatMap(
    ({ 0: name, index }) => {
      const words = name.split(/\s+/);
      // Any sentence begins with a capital; a single one there says nothing, unless it is all there is.
      const opensSentence = /(?:^|[.!?:]\s+)$/.test(text.slice(0, index));
      while (words[0] !== undefined && notPlaces.has(words[0].toLowerCase())) words.shift();
      while (words.length > 0 && notPlaces.has((words.at(-1) ?? "").toLowerCase())) words.pop();
      if (words.length === 0) return [];
      return [
        { place: words.join(" ").replace(/['’]s$/, ""), doubtful: opensSentence && !name.includes(" ") },
      ];
    },
  );
  const sure = names.filter(({ doubtful }) => !doubtful).map(({ place }) => place);
  const lastWord = /\b(?:in|at|for|of|near)\s+(\p{L}[\p{L}'-]+)\s*[?.!]*$/u.exec(text)?.[1];
  const uncapitalised =
    lastWord === undefined || notPlaces.has(lastWord.toLowerCase()) ? [] : [capitalise(lastWord)];
  const candidates = [han, sure, uncapitalised, names.map(({ place }) => place)];
  return [...new Set(candidates.find((places) => places.length > 0) ?? [])];
}

function capitalise(word: string): string {
  return `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`;
}

const isPlaceName = /city|cities|location|place|town|country|region|address|destination|origin/i;

/** Whether a property of this name holds a place. */
export function holdsPlace(name: string): boolean {
  return isPlaceName.test(name);
}

/** Texts that could fill a list of this name. Where numbers are all that is given, each labels itself. */
export function listFor(name: string, { places, quoted, numbers }: Hints): readonly string[] {
  if (holdsPlace(name)) return places;
  if (quoted !== null) return quoted.split(/[,;，、]+|\s+and\s+/);
  return /label|categor/i.test(name) ? numbers.map(String) : [];
}

/** Texts that could fill a string of this name, the most fitting first. `place` chooses among several. */
export function textsFor(name: string, hints: Hints, place: number): string[] {
  const named: (string | null | undefined)[] = [];
  if (holdsPlace(name)) named.push(hints.places[place] ?? hints.places[0]);
  if (/expr|formula|equation|calculation/i.test(name)) named.push(hints.expression);
  if (/ur[li]|link|website|href/i.test(name)) named.push(hints.url);
  if (/mail|recipient/i.test(name)) named.push(hints.email);
  if (/date|day|deadline|due/i.test(name)) named.push(hints.date);
  if (/path|file|dir|folder/i.test(name)) named.push(hints.path);
  if (/query|search|keyword|topic|term|^q$/i.test(name)) named.push(hints.quoted, withoutLead(hints.text));
  return [...named, hints.quoted].filter((text) => typeof text === "string" && text !== "").map(String);
}

function withoutLead(text: string): string {
  const lead =
    /^(?:(?:please|can you|could you|i want to)\s+)*(?:search(?: the web)?|look up|find(?: out)?|google|tell me)(?: for| about)?\s+/i;
  return text
    .replace(lead, "")
    .replace(/[?.!。？！]+$/u, "")
    .slice(0, 200);
}
