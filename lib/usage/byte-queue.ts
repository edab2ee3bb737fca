const pieceBytes = 65_536;
/** The most that a character of a string takes in UTF-8. */
const bytesPerUnit = 3;

/** Texts as they are written one after the other in UTF-8, in pieces of up to 64 KiB. */
export class ByteQueue {
  #full: Uint8Array[] = [];
  #piece = Buffer.allocUnsafeSlow(pieceBytes);
  #length = 0;

  add(text: string): void {
    if (text.length * bytesPerUnit > pieceBytes - this.#length) this.#close();
    if (text.length * bytesPerUnit > pieceBytes) this.#full.push(Buffer.from(text));
    else this.#length += this.#piece.write(text, this.#length);
  }

  /** What was added since the last time. */
  take(): Uint8Array[] {
    this.#close();
    const taken = this.#full;
    this.#full = [];
    return taken;
  }

  #close(): void {
    if (this.#length === 0) return;
    this.#full.push(this.#piece.subarray(0, this.#length));
    this.#piece = Buffer.allocUnsafeSlow(pieceBytes);
    this.#length = 0;
  }
}
