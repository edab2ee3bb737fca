import type { z } from "zod";

/** The first thing wrong with a request body: the field, as `messages[3].content`, and a sentence about it. */
export function describeIssue(error: z.ZodError): { param: string | null; message: string } {
  const [first] = error.issues;
  if (!first) return { param: null, message: "The request is not valid." };
  const { path, issue } = innermost(first, []);
  const param = formatPath(path);
  if (param === null) return { param, message: "The request body must be a JSON object." };
  return { param, message: `\`${param}\` ${say(issue)}.` };
}

interface LocatedIssue {
  path: PropertyKey[];
  issue: z.core.$ZodIssue;
}

/** A union fails in all its branches; the branch that got furthest into the value is the one that was meant. */
function innermost(issue: z.core.$ZodIssue, above: PropertyKey[]): LocatedIssue {
  const here: LocatedIssue = { path: [...above, ...issue.path], issue };
  if (issue.code !== "invalid_union") return here;
  return issue.errors
    .flatMap((branch) => branch.slice(0, 1).map((inner) => innermost(inner, here.path)))
    .reduce((best, next) => (next.path.length > best.path.length ? next : best), here);
}

function formatPath(path: PropertyKey[]): string | null {
  if (path.length === 0) return null;
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    "",
  );
}

function say(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "custom":
      return issue.message;
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "is required"
        : `must be of type ${issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? "must not be empty"
        : `must be more than ${issue.minimum}`;
    default:
      return "has a value that is not accepted";
  }
}
