import { memo } from "react";

/** Pieces of about so many characters are laid out apart, so that a growing trace only lays out its last one. */
const pieceChars = 1_200;

/** The text cut at ends of lines into pieces that stay the same while it grows. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    if (end - start < pieceChars) continue;
    pieces.push(text.slice(start, end));
    start = end + 1;
  }
  pieces.push(text.slice(start));
  return pieces;
}

/** The words of a trace. */
export const ThoughtText = memo(function ThoughtText({ text }: { text: string }) {
  return (
    <div dir="auto" className="whitespace-pre-wrap break-words leading-relaxed">
      {piecesOf(text).map((piece, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place and never moves.
        <Piece key={number} text={piece} />
      ))}
    </div>
  );
});

const Piece = memo(function Piece({ text }: { text: string }) {
  // Its own box: an empty last line still has its height.
  return <div className="[contain:layout_style] min-h-[1lh]">{text}</div>;
});
