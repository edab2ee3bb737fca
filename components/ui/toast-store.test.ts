import { describe, expect, it } from "vitest";
import { createToastStore } from "./toast-store.ts";

describe("the toast store", () => {
  it("shows toasts in the order they came and keeps the last three", () => {
    const store = createToastStore();
    for (const title of ["one", "two", "three", "four"]) store.show({ title });
    expect(store.list().map((toast) => toast.title)).toEqual(["two", "three", "four"]);
  });

  it("dismisses the toast it is told to and no other", () => {
    const store = createToastStore();
    const first = store.show({ title: "first" });
    store.show({ title: "second" });
    store.dismiss(first);
    expect(store.list().map((toast) => toast.title)).toEqual(["second"]);
  });

  it("tells its listeners of each change until they leave", () => {
    const store = createToastStore();
    let calls = 0;
    const leave = store.subscribe(() => {
      calls += 1;
    });
    const id = store.show({ title: "shown" });
    store.dismiss(id);
    leave();
    store.show({ title: "unheard" });
    expect(calls).toBe(2);
  });

  it("gives the same list between changes, so that React does not render for nothing", () => {
    const store = createToastStore();
    store.show({ title: "still" });
    expect(store.list()).toBe(store.list());
  });
});
