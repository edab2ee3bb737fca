import fc from "fast-check";
import { expect, test } from "vitest";
import { withDollarMath } from "./dollar-math.ts";

test.each([
  ["it costs $5 and $10", "it costs $5 and $10"],
  ["$5-$10, or US$20/month", "$5-$10, or US$20/month"],
  ["between $1,000 and $2,000 (a $500 gap)", "between $1,000 and $2,000 (a $500 gap)"],
  ["set $HOME and $PATH", "set $HOME and $PATH"],
  ["Euler: $e^{i\\pi} + 1 = 0$.", "Euler: $$e^{i\\pi} + 1 = 0$$."],
  ["let $x$ be", "let $$x$$ be"],
  ["$2^{10}$ is 1024", "$$2^{10}$$ is 1024"],
  ["\\(a+b\\) and \\( c \\)", "$$a+b$$ and $$c$$"],
  ["\\[\nx = 1\n\\]", "$$\nx = 1\n$$"],
  ["so \\[x = 1\\] holds", "so $$x = 1$$ holds"],
  ["- item\n  \\[ y \\]\n- next", "- item\n  $$\n  y\n  $$\n- next"],
  ["$$a$$ stays", "$$a$$ stays"],
  ["`\\(x\\)` and `$y$`", "`\\(x\\)` and `$y$`"],
  ["```tex\n\\(x\\) $y$\n```\n\\(z\\)", "```tex\n\\(x\\) $y$\n```\n$$z$$"],
  ["```sh\necho $x$", "```sh\necho $x$"],
  ["\\\\(x\\\\)", "\\\\(x\\\\)"],
  ["an open \\( stays", "an open \\( stays"],
  ["\\$5^2$", "\\$5^2$"],
])("%j becomes %j", (written, given) => {
  expect(withDollarMath(written)).toBe(given);
});

test("text without a formula's sign is not touched, and nothing is rewritten twice", () => {
  const word = fc.constantFrom(
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "`",
    "```",
    "\n",
    " ",
    "x",
    "5",
    "^",
    "\\",
  );
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(""));
  fc.assert(
    fc.property(text, (written) => {
      if (!/\\[([]|\$/.test(written)) expect(withDollarMath(written)).toBe(written);
      const money = written.replace(/[\\`^x]/g, "").replaceAll("$$", "$");
      expect(withDollarMath(money)).toBe(money);
    }),
  );
});
