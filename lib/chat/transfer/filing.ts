import { type ChatOptions, defaultChatOptions } from "../default-options.ts";

/** A folder as an export names it. */
export interface FolderName {
  id: string;
  name: string;
}

/** How a chat is kept: what its replies are generated with, and where it stands in the lists. */
export interface ChatFiling {
  options: ChatOptions;
  pinnedAt: Date | null;
  archivedAt: Date | null;
  folder: FolderName | null;
}

/** That of a chat for which nobody has chosen anything. */
export const unfiled: ChatFiling = {
  options: defaultChatOptions,
  pinnedAt: null,
  archivedAt: null,
  folder: null,
};
