import type { ReactNode } from "react";
import type { Findable } from "./filter-commands.ts";

export const commandGroups = ["chat", "pages", "chats", "look", "found"] as const;

/** One thing that can be chosen in the palette. */
export interface Command extends Findable {
  id: string;
  group: (typeof commandGroups)[number];
  icon: ReactNode;
  /** Says more, in a fainter voice: a passage that was found. */
  about?: string | undefined;
  keys?: readonly string[] | undefined;
  /** Stays open: the choice leads to something within the palette. */
  stay?: boolean | undefined;
  run: () => void;
}
