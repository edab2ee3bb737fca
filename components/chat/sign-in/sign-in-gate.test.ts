import { expect, test } from "vitest";
import { SignInGate } from "./sign-in-gate.ts";

test("all that waits goes on with one sign-in", async () => {
  const gate = new SignInGate();
  const waiting = [gate.ask(true), gate.ask(false), gate.ask(true)];
  expect(gate.isOpen()).toBe(true);
  gate.answer("signed-in");
  expect(gate.isOpen()).toBe(false);
  expect(await Promise.all(waiting)).toEqual(["signed-in", "signed-in", "signed-in"]);
});

test("who would not sign in is asked again by an act of theirs, not by what the page does by itself", async () => {
  const gate = new SignInGate();
  const first = gate.ask(false);
  gate.answer("dismissed");
  expect(await first).toBe("dismissed");
  expect(await gate.ask(false)).toBe("dismissed");
  expect(gate.isOpen()).toBe(false);
  void gate.ask(true);
  expect(gate.isOpen()).toBe(true);
});

test("once another account has signed in, the page is foreign until its own account has", async () => {
  const gate = new SignInGate();
  const first = gate.ask(true);
  gate.noteForeign();
  gate.answer("other");
  expect(await first).toBe("other");
  expect(gate.isForeign()).toBe(true);
  expect(await gate.ask(false)).toBe("other");
  const again = gate.ask(true);
  gate.answer("signed-in");
  expect(await again).toBe("signed-in");
  expect(gate.isForeign()).toBe(false);
});
