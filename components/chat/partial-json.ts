/** Nothing of a value is there yet. */
const nothing = Symbol("nothing");

/**
 * What a JSON text says that is still being written: unfinished texts, lists and objects as far as they have come. Undefined
 * when it says nothing yet, or is no JSON.
 */
export function parsePartialJson(text: string): unknown {
  try {
    const reader = new PartialReader(text);
    const value = reader.value();
    return value === nothing || !reader.atEnd() ? undefined : value;
  } catch {
    return undefined;
  }
}

class PartialReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether only white space is left. */
  atEnd(): boolean {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#at >= this.#text.length;
  }

  value(): unknown {
    if (this.atEnd()) return nothing;
    switch (this.#text.charAt(this.#at)) {
      case "{":
        return this.#object();
      case "[":
        return this.#list();
      case '"':
        return this.#string().value;
      default:
        return this.#plain();
    }
  }

  #object(): unknown {
    const entries: [string, unknown][] = [];
    this.#at += 1;
    while (!this.#closes("}", entries.length > 0)) {
      if (this.atEnd()) break;
      const key = this.#string();
      if (!key.complete || this.atEnd()) break;
      this.#expect(":");
      const value = this.value();
      if (value === nothing) break;
      entries.push([key.value, value]);
    }
    return Object.fromEntries(entries);
  }

  #list(): unknown {
    const items: unknown[] = [];
    this.#at += 1;
    while (!this.#closes("]", items.length > 0)) {
      const item = this.value();
      if (item === nothing) break;
      items.push(item);
    }
    return items;
  }

  /** Whether an object or list ends here, by its bracket or with the text; else the comma before a further member is read. */
  #closes(bracket: string, hasMembers: boolean): boolean {
    if (this.atEnd()) return true;
    if (this.#text.charAt(this.#at) === bracket) {
      this.#at += 1;
      return true;
    }
    if (hasMembers) this.#expect(",");
    return false;
  }

  #expect(character: string): void {
    if (this.#text.charAt(this.#at) !== character) throw new SyntaxError(`Expected ${character}`);
    this.#at += 1;
  }

  #string(): { value: string; complete: boolean } {
    const start = this.#at;
    this.#expect('"');
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return { value: this.#decoded(this.#text.slice(start, this.#at)), complete: true };
      }
      const length = character !== "\\" ? 1 : this.#text.charAt(this.#at + 1) === "u" ? 6 : 2;
      // Half an escape says nothing.
      if (this.#at + length > this.#text.length) break;
      this.#at += length;
    }
    const value = this.#decoded(`${this.#text.slice(start, this.#at)}"`);
    this.#at = this.#text.length;
    return { value, complete: false };
  }

  #decoded(literal: string): string {
    const value: unknown = JSON.parse(literal);
    return String(value);
  }

  /** A number, `true`, `false` or `null`. */
  #plain(): unknown {
    const rest = this.#text.slice(this.#at, this.#at + 5);
    const begun = this.#at + rest.length >= this.#text.length;
    const word = ["true", "false", "null"].find(
      (candidate) => rest.startsWith(candidate) || (begun && candidate.startsWith(rest)),
    );
    if (word === undefined) return this.#number();
    this.#at += word.length;
    return JSON.parse(word);
  }

  #number(): unknown {
    const [number = ""] = /^-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)?/.exec(this.#text.slice(this.#at)) ?? [];
    const rest = this.#text.slice(this.#at + number.length);
    // What a number may go on with is not known yet: "1." and "1e+" are 1 so far.
    if (/^[.eE+-]+$/.test(rest)) this.#at = this.#text.length;
    else this.#at += number.length;
    return number === "-" && this.atEnd() ? nothing : JSON.parse(number);
  }
}
