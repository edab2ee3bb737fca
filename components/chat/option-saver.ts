import type { ChatOptions } from "#lib/chat/default-options.ts";

/** Saves the options of a chat one choice after the other. */
export class OptionSaver {
  readonly #save: (options: ChatOptions) => Promise<boolean>;
  readonly #onSettled: (options: ChatOptions) => void;
  /** Resolves when what was chosen last is saved, or could not be. */
  #saved: Promise<void> = Promise.resolve();

  constructor(save: (options: ChatOptions) => Promise<boolean>, onSettled: (options: ChatOptions) => void) {
    this.#save = save;
    this.#onSettled = onSettled;
  }

  /** Saves a choice; `onSettled` is told it, or `before` when it could not be saved. */
  save(chosen: ChatOptions, before: ChatOptions): void {
    this.#saved = this.#saved.then(async () => {
      this.#onSettled((await this.#save(chosen)) ? chosen : before);
    });
  }

  settled(): Promise<void> {
    return this.#saved;
  }
}
