import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";

/** Attributes whose text is shown or read aloud: of HTML, and of our own components. */
const spoken =
  /^(aria-(label|description|valuetext|roledescription)|title|placeholder|alt|label|description|confirmLabel|hint|what|about|lead|note)$/;

/** Text that stays as it is in every language, each with its reason. */
const allowed: readonly [text: string, reason: string][] = [
  ["AIgateway", "the product's name"],
  ["UTC", "the name of a time zone"],
  ["JSON", "the name of a format"],
  ["Authorization", "the name of an HTTP header"],
  ['{ "type": "object", "properties": { … } }', "code"],
];

/** Calls are not looked into: what stands there are keys of texts, class names and the like. */
function literalsIn(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return [node.text];
  if (ts.isCallExpression(node) || ts.isBinaryExpression(node) || ts.isJsxElement(node)) return [];
  const found: string[] = [];
  node.forEachChild((child) => {
    found.push(...literalsIn(child));
  });
  return found;
}

function visibleTexts(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text);
    if (ts.isJsxAttribute(node) && node.initializer && spoken.test(node.name.getText())) {
      found.push(...literalsIn(node.initializer));
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found.map((text) => text.trim().replace(/\s+/g, " ")).filter((text) => /[A-Za-z]{2,}/.test(text));
}

it("no component or page shows English that is not among the messages", () => {
  const files = globSync("{app,components}/**/*.tsx").filter(
    (file) => !file.startsWith("components/docs/") && !file.includes(".test."),
  );
  expect(files.length).toBeGreaterThan(100);
  const shown = files.flatMap((file) =>
    visibleTexts(file)
      .filter((text) => !allowed.some(([same]) => same === text))
      .map((text) => `${file}: ${text}`),
  );
  expect(shown).toEqual([]);
});
