import { expect, test } from "vitest";
import { parseSignInForm, parseSignUpForm } from "./forms.ts";

const good = { email: "Ann@Example.com", password: "correct horse" };

test("a sign-up needs an e-mail and a password; the name may be left out or empty", () => {
  expect(parseSignUpForm(good)).toEqual({ ok: true, form: { ...good, name: null } });
  expect(parseSignUpForm({ ...good, name: "  " })).toEqual({ ok: true, form: { ...good, name: null } });
  expect(parseSignUpForm({ ...good, name: " Ann " })).toEqual({ ok: true, form: { ...good, name: "Ann" } });
});

test.each(["a@b.co", " ann+tag@example.com ", "jürgen@müller.example"])("%j is an e-mail", (email) => {
  expect(parseSignUpForm({ ...good, email })).toEqual({
    ok: true,
    form: { ...good, email: email.trim(), name: null },
  });
});

test.each([
  "",
  "ann",
  "ann@",
  "@example.com",
  "a b@example.com",
  "ann@exa\0mple.com",
  `${"a".repeat(250)}@b.co`,
  7,
  null,
])("%j is no e-mail, and the field says so", (email) => {
  expect(parseSignUpForm({ ...good, email })).toEqual({
    ok: false,
    fields: { email: "Enter an e-mail address, such as name@example.com." },
  });
});

test.each([
  ["1234567", "Use at least 8 characters."],
  ["x".repeat(201), "Use at most 200 characters."],
  [undefined, "Choose a password."],
])("the password %j is refused with a sentence", (password, sentence) => {
  expect(parseSignUpForm({ ...good, password })).toEqual({ ok: false, fields: { password: sentence } });
});

test("every field at fault has its sentence", () => {
  const parsed = parseSignUpForm("not an object");
  expect(parsed.ok ? [] : Object.keys(parsed.fields)).toEqual(["email", "password"]);
});

test("signing in asks only that both are filled in", () => {
  expect(parseSignInForm({ email: "ann", password: "x" })).toEqual({
    ok: true,
    form: { email: "ann", password: "x" },
  });
  expect(parseSignInForm({ email: " ", password: "" })).toEqual({
    ok: false,
    fields: { email: "Enter your e-mail.", password: "Enter your password." },
  });
});
