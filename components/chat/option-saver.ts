import type { ChatOptions } from "#lib/chat/default-options.ts";

/** Saves the options of a chat one choice after the other. */
export class OptionSaver {
  readonly #save: (options: ChatOptions) => Promise<boolean>;
  readonly #onSettled: (options: ChatOptions) => void;
  /** Resolves when what was chosen last is saved, or could not be; null when nothing is being saved. */
  #saved: Promise<void> | null = null;

  constructor(save: (options: ChatOptions) => Promise<boolean>, onSettled: (options: ChatOptions) => void) {
    this.#save = save;
    this.#onSettled = onSettled;
  }

  /** Saves a choice; `onSettled` is told it, or `before` when it could not be saved. */
  save(chosen: ChatOptions, before: ChatOptions): void {
    const previous = this.#saved ?? Promise.resolve();
    const saved = previous.then(async () => {
      this.#onSettled((await this.#save(chosen)) ? chosen : before);
      if (this.#saved === saved) this.#saved = null;
    });
    this.#saved = saved;
  }

  /** Null when there is nothing to wait for. */
  settled(): Promise<void> | null {
    return this.#saved;
  }
}
