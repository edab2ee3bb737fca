/** How asking the person to sign in ended. `other`: somebody else signed in, whose page this is not. */
export type SignInAnswer = "signed-in" | "dismissed" | "other";

/** Holds the calls of a page that were answered with 401, until the person has signed in again or will not. */
export class SignInGate {
  readonly #listeners = new Set<() => void>();
  #waiting: PromiseWithResolvers<SignInAnswer> | null = null;
  #dismissed = false;
  #foreign = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether somebody is asked now. */
  readonly isOpen = (): boolean => this.#waiting !== null;

  /** Whether the browser is signed in to another account than the page's: nothing of the page may be sent then. */
  readonly isForeign = (): boolean => this.#foreign;

  noteForeign(): void {
    this.#foreign = true;
  }

  /** Asks the person to sign in. What the page does by itself (`act` false) does not ask again after they would not. */
  ask(act: boolean): Promise<SignInAnswer> {
    if (!act && !this.#waiting && (this.#foreign || this.#dismissed)) {
      return Promise.resolve(this.#foreign ? "other" : "dismissed");
    }
    this.#waiting ??= Promise.withResolvers();
    const { promise } = this.#waiting;
    this.#tell();
    return promise;
  }

  answer(answer: SignInAnswer): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#dismissed = answer === "dismissed";
    if (answer === "signed-in") this.#foreign = false;
    waiting?.resolve(answer);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The gate of this page. */
export const signInGate = new SignInGate();
