import { monthAround } from "#lib/usage/allowances.ts";
import { exactDollars } from "#lib/usage/export-format.ts";
import type { Alert } from "./alert.ts";

interface Email {
  subject: string;
  text: string;
}

/** The e-mail of an alert, or of a test (`null`), in the person's language. `baseUrl` is where the pages are, null where unknown. */
export function composeEmail(alert: Alert | null, locale: "en" | "zh-CN", baseUrl: string | null): Email {
  const words = locale === "zh-CN" ? chinese : english;
  if (alert === null) return { subject: words.testSubject, text: `${words.test}\n` };
  // Without line ends: a key's name comes from a person and stands in a header.
  const name = alert.key?.name.replace(/\s+/g, " ") ?? null;
  const facts = {
    budget: name === null ? words.account : words.key(name),
    percent: alert.percent,
    spent: dollars(alert.spentNanoUsd),
    limit: dollars(alert.limitNanoUsd),
    resets: monthAround(alert.month).end.toISOString().slice(0, 10),
  };
  const subject = alert.kind === "refused" ? words.refusedSubject(facts) : words.reachedSubject(facts);
  const what = alert.kind === "refused" ? words.refused(facts) : words.reached(facts);
  const link = baseUrl === null ? [] : ["", `${words.link} ${baseUrl}/settings/alerts`];
  const lines = [what, words[alert.mode], words.resets(facts), ...link];
  return { subject, text: `${lines.join("\n")}\n` };
}

/** Exact, with two digits at least: nobody rounds a bill. */
function dollars(nanoUsd: bigint): string {
  return `$${exactDollars(nanoUsd).replace(/0{1,7}$/, "")}`;
}

interface Facts {
  budget: string;
  percent: number;
  spent: string;
  limit: string;
  resets: string;
}

interface Words {
  account: string;
  key(name: string): string;
  reachedSubject(facts: Facts): string;
  refusedSubject(facts: Facts): string;
  reached(facts: Facts): string;
  refused(facts: Facts): string;
  hard: string;
  warn: string;
  resets(facts: Facts): string;
  link: string;
  testSubject: string;
  test: string;
}

const english: Words = {
  account: "your account",
  key: (name) => `the key “${name}”`,
  reachedSubject: ({ budget, percent }) => `AIgateway: ${percent}% of the budget of ${budget} is spent`,
  refusedSubject: ({ budget }) => `AIgateway: the budget of ${budget} refuses requests`,
  reached: ({ budget, percent, spent, limit }) =>
    `The month's spend of ${budget} has reached ${percent}% of its budget: ${spent} of ${limit}.`,
  refused: ({ budget, spent, limit }) =>
    `A request was refused, because what is left of the budget of ${budget} might not have covered it: ${spent} of ${limit} is spent.`,
  hard: "Requests that might exceed the budget are refused.",
  warn: "This budget only warns: requests go on and are charged.",
  resets: ({ resets }) => `It begins anew on ${resets} at 00:00 UTC.`,
  link: "Budgets and alerts:",
  testSubject: "AIgateway: a test of your alerts",
  test: "This is a test. Alerts about budgets will come to this address.",
};

const chinese: Words = {
  account: "你的账户",
  key: (name) => `密钥“${name}”`,
  reachedSubject: ({ budget, percent }) => `AIgateway：${budget}的预算已用 ${percent}%`,
  refusedSubject: ({ budget }) => `AIgateway：${budget}的预算已开始拒绝请求`,
  reached: ({ budget, percent, spent, limit }) =>
    `${budget}本月的支出已达预算的 ${percent}%：${limit} 中已用 ${spent}。`,
  refused: ({ budget, spent, limit }) =>
    `一个请求被拒绝，因为${budget}的剩余预算可能不足：${limit} 中已用 ${spent}。`,
  hard: "可能超出预算的请求会被拒绝。",
  warn: "此预算只提醒：请求会继续并计费。",
  resets: ({ resets }) => `预算将于 ${resets} 00:00（UTC）重新计算。`,
  link: "预算与提醒：",
  testSubject: "AIgateway：提醒测试",
  test: "这是一封测试邮件。预算提醒会发送到此地址。",
};
