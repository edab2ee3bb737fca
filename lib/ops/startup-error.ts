/** A reason the program cannot start, told to the operator as one sentence that says what to do. */
export class StartupError extends Error {
  override readonly name = "StartupError";
}
