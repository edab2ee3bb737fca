/** A prepared statement and its parameters as texts. */
export interface BoundStatement {
  name: string;
  text: string;
  values: readonly (string | null)[];
}

/**
 * The messages that run statements in one transaction, as they are sent: each is prepared first where `prepared` has not its name, which is
 * put there, bound and executed; a Sync ends them. One piece of memory, since a write of many costs more than copying.
 * Source: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function encodeTransaction(statements: readonly BoundStatement[], prepared: Set<string>): Uint8Array {
  const messages = new Messages();
  for (const { name, text, values } of statements) {
    if (!prepared.has(name)) {
      messages.begin("P").cString(name).cString(text).int16(0).end();
      prepared.add(name);
    }
    messages.begin("B").cString("").cString(name).int16(0).int16(values.length);
    for (const value of values) messages.parameter(value);
    messages.int16(0).end();
    messages.begin("E").cString("").int32(0).end();
  }
  return messages.begin("S").end().bytes();
}

/** The message that runs a statement without parameters by itself. */
export function encodeQuery(text: string): Uint8Array {
  return new Messages().begin("Q").cString(text).end().bytes();
}

const firstCapacity = 8 * 1024;

class Messages {
  #buffer = Buffer.allocUnsafe(firstCapacity);
  #end = 0;
  #lengthAt = 0;

  begin(type: string): this {
    this.#reserve(5);
    this.#end = this.#buffer.writeUInt8(type.charCodeAt(0), this.#end);
    this.#lengthAt = this.#end;
    this.#end += 4;
    return this;
  }

  /** A message's length counts itself and not its type. */
  end(): this {
    this.#buffer.writeInt32BE(this.#end - this.#lengthAt, this.#lengthAt);
    return this;
  }

  int16(value: number): this {
    this.#reserve(2);
    this.#end = this.#buffer.writeUInt16BE(value, this.#end);
    return this;
  }

  int32(value: number): this {
    this.#reserve(4);
    this.#end = this.#buffer.writeInt32BE(value, this.#end);
    return this;
  }

  cString(text: string): this {
    this.#reserve(Buffer.byteLength(text) + 1);
    this.#end += this.#buffer.write(text, this.#end);
    this.#end = this.#buffer.writeUInt8(0, this.#end);
    return this;
  }

  parameter(text: string | null): this {
    if (text === null) return this.int32(-1);
    const length = Buffer.byteLength(text);
    this.int32(length).#reserve(length);
    this.#end += this.#buffer.write(text, this.#end);
    return this;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#end);
  }

  #reserve(more: number): void {
    const needed = this.#end + more;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}
