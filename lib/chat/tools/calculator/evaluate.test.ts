import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";

describe("the calculator", () => {
  test.each([
    ["0.1 + 0.2", "0.3"],
    ["(17.5 * 12) / 3^2", "70/3"],
    ["2^200", (2n ** 200n).toString()],
    ["-7 / 2", "-3.5"],
    ["3 inch to cm", "7.62 cm"],
    ["12 ft + 3 inch to m", "3.7338 m"],
    ["20 degC to degF", "68 degF"],
    ["15% * 200", "30"],
    ["gcd(84, 36)", "12"],
    ["a = 3; a^2", "9"],
    ["7 > 3", "true"],
    ["30!", "265252859812191058636308480000000"],
    ["sqrt(16)", "4"],
  ])("%s is %s, exactly", (expression, result) => {
    expect(evaluate(expression)).toMatchObject({ ok: true, value: { result, exact: true } });
  });

  test.each([
    ["sqrt(2)", "1.4142135623730950488016887242097"],
    ["pi", "3.1415926535897932384626433832795"],
    ["[1, 2; 3, 4]^2", "[[7, 10], [15, 22]]"],
    ["(1 + 2i) * (3 - i)", "5 + 5i"],
  ])("%s is rounded to %s and says so", (expression, result) => {
    expect(evaluate(expression)).toEqual({ ok: true, value: { result, exact: false } });
  });

  test("a ratio without a finite decimal has a rounded one beside it", () => {
    expect(evaluate("1 km / 3 to m")).toEqual({
      ok: true,
      value: { result: "1000/3 m", exact: true, decimal: "333.33333333333333333333333333333 m" },
    });
  });

  test.each([
    ["1 +", "Unexpected end"],
    ["x + 1", "Undefined symbol x"],
    ["5 kg to m", "Units do not match"],
    ["f(x) = x", "no value"],
  ])("%s is refused with a reason", (expression, reason) => {
    expect(evaluate(expression)).toMatchObject({ ok: false, message: expect.stringContaining(reason) });
  });

  test.each([
    "import({pi: 3}, {override: true})",
    'evaluate("1")',
    'parse("1")',
    'createUnit("foo")',
    'cos.constructor("return process")()',
    "help(import)",
  ])("%s reaches nothing of the program", (expression) => {
    expect(evaluate(expression)).toMatchObject({ ok: false });
    expect(evaluate("pi > 3.1")).toMatchObject({ value: { result: "true" } });
  });

  test("sums, products and ratios of whole numbers are exact", () => {
    const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(evaluate(`(${a}) + (${b})`)).toMatchObject({ value: { result: `${a + b}` } });
        expect(evaluate(`(${a}) * (${b})`)).toMatchObject({ value: { result: `${a * b}` } });
        if (b !== 0n)
          expect(evaluate(`((${a}) / (${b})) * (${b})`)).toMatchObject({ value: { result: `${a}` } });
      }),
    );
  });
});
