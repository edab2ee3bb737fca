import { setTimeout as pause } from "node:timers/promises";
import { chunk, done, type MockAnswer, usageChunk } from "./mock-upstream.ts";

export interface PacedAnswer {
  thinking?: string;
  text?: string;
  /** One piece is about a token: four characters. Without it everything comes at once. */
  tokensPerSecond?: number;
  /** Before the first piece. */
  firstTokenMs?: number;
  finishReason?: "stop" | "length";
  usage?: object;
  /** Awaited before each piece, with its number from 0. */
  beforePiece?: (piece: number) => Promise<void> | void;
}

const pieceChars = 4;

function piecesOf(field: "reasoning_content" | "content", text = ""): string[] {
  const pieces: string[] = [];
  const letters = Array.from(text);
  for (let at = 0; at < letters.length; at += pieceChars) {
    pieces.push(chunk({ [field]: letters.slice(at, at + pieceChars).join("") }));
  }
  return pieces;
}

/** Streams thinking and text piece by piece at a steady pace, by the clock and not by sums of waits. */
export function paced(answer: PacedAnswer): MockAnswer {
  return async (res) => {
    const pieces = [...piecesOf("reasoning_content", answer.thinking), ...piecesOf("content", answer.text)];
    const everyMs = answer.tokensPerSecond ? 1_000 / answer.tokensPerSecond : 0;
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.flushHeaders();
    res.write(chunk({ role: "assistant", content: "" }));
    const startMs = performance.now() + (answer.firstTokenMs ?? 0);
    for (const [number, piece] of pieces.entries()) {
      const waitMs = startMs + number * everyMs - performance.now();
      if (waitMs > 1) await pause(waitMs);
      await answer.beforePiece?.(number);
      if (res.destroyed) return;
      res.write(piece);
    }
    res.write(chunk({}, answer.finishReason ?? "stop"));
    res.write(usageChunk(answer.usage ?? { prompt_tokens: 400, completion_tokens: pieces.length }));
    res.end(done);
  };
}
