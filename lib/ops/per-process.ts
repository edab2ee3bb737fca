/**
 * Holds what must exist once per process. Code under `lib` is loaded by Node and again by Next's bundles, so a
 * module variable would exist several times; a registered symbol on `globalThis` is shared by all of them.
 */
export function perProcess<T>(name: string): { get(): T | undefined; set(value: T | undefined): void } {
  const slot = Symbol.for(`aigateway.${name}`);
  return {
    get: () => Reflect.get(globalThis, slot) as T | undefined,
    set: (value) => {
      Reflect.set(globalThis, slot, value);
    },
  };
}
