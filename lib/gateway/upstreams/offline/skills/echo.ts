import { type Skill, say } from "../reply.ts";
import { givenText } from "./text-work.ts";

const asksToSay =
  /^\s*(?:(?:can|could|would) you )?(?:please |just )?(?:repeat after me|repeat|echo|say|reply with|respond with|answer with|output|print|write)(?: exactly| only| just| the words?| the text)*\b[:\s]*|^\s*(?:请)?(?:重复|复述|只回答|说)[:：\s]*/i;

/** Words to be said back as they are: `Say "ready"`, `Repeat after me: …`, `Reply with exactly OK`. */
export const echo: Skill = (prompt) => {
  const lead = asksToSay.exec(prompt.ask)?.[0];
  if (lead === undefined || lead.trim() === "") return null;
  const rest = prompt.ask.slice(lead.length).trim();
  const asksForWords = /\b(exactly|only|just|repeat|echo|reply|respond|say)\b|重复|复述|只回答|说/i.test(
    lead,
  );
  const words =
    givenText(prompt.text) ?? (asksForWords && rest.length <= 60 ? rest.replace(/[.。]$/, "") : null);
  if (
    words === null ||
    words === "" ||
    (!asksForWords && rest.replace(/["“”'`]/g, "").length > words.length + 2)
  ) {
    return null;
  }
  return {
    intent: say(prompt, "They want certain words said back.", "需要原样复述。"),
    notes: [say(prompt, `The words are "${words.slice(0, 120)}".`, `要说的是“${words.slice(0, 60)}”。`)],
    answer: words,
    bare: true,
  };
};
