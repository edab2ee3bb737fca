import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

export interface ReadablePage {
  title: string;
  text: string;
}

/** The text a person would read of an HTML page, without navigation and the like. */
export function readable(html: string): ReadablePage {
  const { document } = parseHTML(html);
  const pageTitle = document.querySelector("title")?.textContent?.trim() ?? "";
  for (const element of document.querySelectorAll("script, style, noscript, template")) element.remove();
  const whole = document.body?.textContent ?? "";
  const article = new Readability(document, { maxElemsToParse: 50_000 }).parse();
  return {
    title: article?.title || pageTitle,
    text: tidy(article?.textContent || whole),
  };
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
