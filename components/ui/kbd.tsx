import { classNames } from "./class-names.ts";

export interface KbdProps {
  keys: readonly string[];
  /** On a dark ground, as in a tooltip. */
  inverse?: boolean | undefined;
}

export function Kbd({ keys, inverse = false }: KbdProps) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans">
      {keys.map((key) => (
        <kbd
          key={key}
          className={classNames(
            "inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border px-1 font-sans text-12 leading-none",
            inverse ? "border-background/30 text-background" : "border-border bg-surface text-muted",
          )}
        >
          {key}
        </kbd>
      ))}
    </kbd>
  );
}
