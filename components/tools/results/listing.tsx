/** A text as it came, such as output or a program. */
export function Listing({ label, text, tone = "" }: { label: string; text: string; tone?: string }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-12 text-muted">{label}</h4>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={`max-h-72 overflow-auto whitespace-pre-wrap break-words font-mono text-13 ${tone}`}
      >
        {text.trimEnd()}
      </pre>
    </div>
  );
}
