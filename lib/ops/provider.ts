import { perProcess } from "./per-process.ts";

const held = perProcess<string>("provider");

/** Tells the process which upstream the gateway it uses serves from. */
export function setProviderName(name: string): void {
  held.set(name);
}

/** The upstream in use: "offline" for the built-in stand-in, else its name; "unknown" until a gateway has told. */
export function getProviderName(): string {
  return held.get() ?? "unknown";
}
