import type { Prompt } from "../prompt.ts";
import { type Reply, type Skill, say } from "../reply.ts";

const dayMs = 86_400_000;
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Today, weekdays, days between dates, dates so many days away, leap years. All in UTC, which is said. */
export const dates: Skill = (prompt) => {
  if (prompt.text.length > 300) return null;
  return between(prompt) ?? leapYear(prompt) ?? weekday(prompt) ?? inDays(prompt) ?? today(prompt);
};

function today(prompt: Prompt): Reply | null {
  const asked =
    /\b(what('s| is)? (the )?(current )?(date|time|day)( is it| today| now)?|what (day|time) is it|today'?s date|current (date|time))\b|今天(是)?(星期|周|几号|几月|日期)|现在(是)?几点|星期几/i;
  if (!asked.test(prompt.ask)) return null;
  const now = new Date(prompt.nowMs);
  const time = now.toISOString().slice(11, 16);
  return reply(
    prompt,
    say(
      prompt,
      `It is **${long(prompt, now)}**, ${time} UTC.`,
      `现在是 **${long(prompt, now)}**,UTC 时间 ${time}。`,
    ),
    say(prompt, "The server's clock says so, in UTC.", "以服务器的 UTC 时钟为准。"),
  );
}

function weekday(prompt: Prompt): Reply | null {
  if (!/\b(what|which) (day|weekday)|day of the week|星期几|周几/i.test(prompt.ask)) return null;
  const [date] = datesIn(prompt.text);
  if (date === undefined) return null;
  const name = date.toLocaleDateString(prompt.language === "zh" ? "zh-CN" : "en-GB", {
    weekday: "long",
    timeZone: "UTC",
  });
  return reply(
    prompt,
    say(prompt, `${iso(date)} is a **${name}**.`, `${iso(date)} 是 **${name}**。`),
    say(
      prompt,
      `Days since 1970-01-01, a Thursday: ${date.getTime() / dayMs}; modulo 7 gives the weekday.`,
      `距 1970-01-01(星期四)${date.getTime() / dayMs} 天，对 7 取余即得。`,
    ),
  );
}

function between(prompt: Prompt): Reply | null {
  if (
    !/\b(days?|weeks?) (are |is )?(there )?(between|from|until|till|to|since|left)|how (long|many).*(between|until|since)|相差|之间|还有(多少|几)天|距离/i.test(
      prompt.ask,
    )
  ) {
    return null;
  }
  const [first, second] = datesIn(prompt.text);
  if (first === undefined) return null;
  const start = second === undefined ? new Date(Math.floor(prompt.nowMs / dayMs) * dayMs) : first;
  const end = second ?? first;
  const days = Math.abs(end.getTime() - start.getTime()) / dayMs;
  const weeks = Math.floor(days / 7);
  return reply(
    prompt,
    say(
      prompt,
      `From ${iso(start)} to ${iso(end)} it is **${days} days**, that is ${weeks} weeks and ${days % 7} days.`,
      `从 ${iso(start)} 到 ${iso(end)} 是 **${days} 天**，即 ${weeks} 周零 ${days % 7} 天。`,
    ),
    say(
      prompt,
      "Counted as midnights passed in UTC; the last day itself is not counted.",
      "按 UTC 的午夜计数，不含最后一天。",
    ),
  );
}

function inDays(prompt: Prompt): Reply | null {
  const match =
    /\b(?:in |what date is |date )?(\d{1,6}) (day|week)s? (from (?:now|today)|ago|later)|\bin (\d{1,6}) (day|week)s\b|(\d{1,6})(天)[之以]?(后|前)/i.exec(
      prompt.ask,
    );
  if (match === null || !/\b(date|day|what|when)\b|几号|日期|哪天|星期/i.test(prompt.ask)) return null;
  const amount = Number(match[1] ?? match[4] ?? match[6]);
  const unit = /week/i.test(match[2] ?? match[5] ?? "") ? 7 : 1;
  const direction = /ago|前/.test(match[3] ?? match[8] ?? "") ? -1 : 1;
  const date = new Date((Math.floor(prompt.nowMs / dayMs) + amount * unit * direction) * dayMs);
  return reply(
    prompt,
    say(
      prompt,
      `That is **${long(prompt, date)}** (${iso(date)}).`,
      `那天是 **${long(prompt, date)}**(${iso(date)})。`,
    ),
    say(
      prompt,
      `Counting ${amount * unit} days from ${iso(new Date(prompt.nowMs))}, UTC.`,
      `从 ${iso(new Date(prompt.nowMs))} 起数 ${amount * unit} 天。`,
    ),
  );
}

function leapYear(prompt: Prompt): Reply | null {
  const year = /\b(\d{4})\b/.exec(prompt.ask)?.[1];
  if (!/leap year|闰年/i.test(prompt.ask) || year === undefined) return null;
  const value = Number(year);
  const leap = (value % 4 === 0 && value % 100 !== 0) || value % 400 === 0;
  return reply(
    prompt,
    say(
      prompt,
      `**${leap ? "Yes" : "No"}**: ${year} ${leap ? "is" : "is not"} a leap year.`,
      `${year} 年**${leap ? "是" : "不是"}**闰年。`,
    ),
    say(
      prompt,
      "The rule: divisible by 4, but not by 100 unless by 400.",
      "规则：能被 4 整除，且不能被 100 整除，除非能被 400 整除。",
    ),
  );
}

function reply(prompt: Prompt, answer: string, basis: string): Reply {
  return {
    intent: say(prompt, "This is a question about dates.", "这是关于日期的问题。"),
    notes: [basis],
    answer: `${answer}\n\n${basis}`,
  };
}

function datesIn(text: string): Date[] {
  const names = months.map((month) => month.slice(0, 3)).join("|");
  const pattern = new RegExp(
    `(\\d{4})(?:-|/|年)(\\d{1,2})(?:-|/|月)(\\d{1,2})|\\b(${names})[a-z]*\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})|(\\d{1,2})(?:st|nd|rd|th)? (${names})[a-z]*\\.?,? (\\d{4})`,
    "gi",
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const year = Number(match[1] ?? match[6] ?? match[9]);
    const name = (match[4] ?? match[8])?.toLowerCase();
    const month =
      name === undefined ? Number(match[2]) - 1 : months.findIndex((entry) => entry.startsWith(name));
    const day = Number(match[3] ?? match[5] ?? match[7]);
    const date = new Date(Date.UTC(year, month, day));
    return date.getUTCMonth() === month && date.getUTCDate() === day ? [date] : [];
  });
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function long(prompt: Prompt, date: Date): string {
  return date.toLocaleDateString(prompt.language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "full",
    timeZone: "UTC",
  });
}
