import type { Model } from "#lib/models/model.ts";
import type { PlanLimits } from "#lib/usage/admission.ts";
import type { Snippets } from "./snippets/list-snippets.ts";

/** What the guide tells of the installation it stands in. */
export interface GuideFacts {
  /** Where this installation is reached, without a path. */
  baseUrl: string;
  model: Model;
  limits: PlanLimits;
  /** The upstream in use; "offline" while the built-in stand-in answers. */
  provider: string;
}

export interface SectionFacts extends GuideFacts {
  snippets: Snippets;
  offline: boolean;
}

/** The largest request body that the gateway reads, in MiB; the snippet tests hold it against the running gateway. */
export const maxBodyMiB = 32;

/** A whole number with its thousands set apart. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
