/** What an answer has come to so far. Times are in milliseconds since it was asked for. */
export interface RunState {
  phase: "running" | "done" | "stopped" | "failed";
  thinking: string;
  answer: string;
  finishReason: string | null;
  /** The first thought or word. */
  firstTokenMs: number | null;
  totalMs: number | null;
  requestId: string | null;
  warnings: string | null;
  failure: string | null;
}

export const runBegun: RunState = {
  phase: "running",
  thinking: "",
  answer: "",
  finishReason: null,
  firstTokenMs: null,
  totalMs: null,
  requestId: null,
  warnings: null,
  failure: null,
};

/** What an event or a whole answer adds. */
export interface RunPiece {
  thinking: string;
  answer: string;
  finishReason: string | null;
}

export function addPiece(state: RunState, piece: RunPiece, atMs: number): RunState {
  const empty = piece.thinking === "" && piece.answer === "";
  return {
    ...state,
    thinking: state.thinking + piece.thinking,
    answer: state.answer + piece.answer,
    finishReason: piece.finishReason ?? state.finishReason,
    firstTokenMs: state.firstTokenMs ?? (empty ? null : atMs),
  };
}
