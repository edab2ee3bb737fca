import { errorTable } from "#lib/wire/errors.ts";

interface Advice {
  title: string;
  whatToDo: string | null;
}

const own: Readonly<Record<string, Advice>> = {
  unreachable: {
    title: "The server cannot be reached",
    whatToDo: "Check the connection, then send it again. Your message is kept.",
  },
  not_signed_in: {
    title: "You are signed out",
    whatToDo: "Your message is kept here.",
  },
  rate_limited: { title: "Too many requests in a minute", whatToDo: null },
  daily_quota_exceeded: {
    title: "Today's free requests are used up",
    whatToDo: "The count begins anew at 00:00 UTC.",
  },
  context_length_exceeded: {
    title: "This chat is longer than the model can read",
    whatToDo: "Edit an earlier message, or begin a new chat.",
  },
  invalid_key: { title: "The gateway did not accept the chat's token", whatToDo: "Try again." },
  upstream_unavailable: {
    title: "The model cannot be reached",
    whatToDo: "Try again in a few seconds.",
  },
  upstream_timeout: { title: "The model did not answer in time", whatToDo: "Try again." },
  upstream_error: { title: "The model failed", whatToDo: "Try again after a short pause." },
  internal: { title: "The gateway failed", whatToDo: "Try again." },
};

function isKnown(code: string): code is keyof typeof errorTable {
  return Object.hasOwn(errorTable, code);
}

/** What a failure is called and what to do about it. The exact message of the server stands beside it. */
export function adviceFor(code: string): Advice {
  const advice = own[code];
  if (advice) return advice;
  return {
    title: "The reply failed",
    whatToDo: isKnown(code) && errorTable[code].retryable ? "Try again." : null,
  };
}
