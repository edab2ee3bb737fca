"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ToolPart } from "./call-state.ts";
import { Listing, richResult } from "./rich-results.tsx";
import { ValueView } from "./value-view.tsx";
import { words } from "./words.ts";

/** What went into a call and what came of it, readable or raw. */
export function CallDetail({ part, toolName }: { part: ToolPart; toolName: string }) {
  const [raw, setRaw] = useState(false);
  const outcome = outcomeOf(part);
  return (
    <>
      {raw ? (
        <>
          <Listing label={words.fields.arguments} text={json(part.input)} />
          {outcome && <Listing label={outcome.label} text={json(outcome.value)} tone={outcome.tone} />}
        </>
      ) : (
        <Readable part={part} toolName={toolName} />
      )}
      <div className="-mb-1.5 flex items-center justify-end gap-1">
        <Button size="small" variant="quiet" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? words.readable : words.raw}
        </Button>
        <CopyButton
          value={json({ arguments: part.input, ...(outcome && { [outcome.name]: outcome.value }) })}
          what={words.copyCall}
          iconOnly
        />
      </div>
    </>
  );
}

function Readable({ part, toolName }: { part: ToolPart; toolName: string }) {
  const rich = part.state === "output-available" ? richResult(toolName, part.input, part.output) : null;
  if (rich) return rich;
  const outcome = outcomeOf(part);
  return (
    <>
      {hasFields(part.input) && <Section label={words.fields.arguments} value={part.input} />}
      {outcome && <Section label={outcome.label} value={readable(outcome.value)} tone={outcome.tone} />}
    </>
  );
}

function outcomeOf(part: ToolPart): { name: string; label: string; value: unknown; tone: string } | null {
  switch (part.state) {
    case "output-available":
      return { name: "result", label: words.fields.result, value: part.output, tone: "" };
    case "output-error":
      return { name: "error", label: words.fields.error, value: part.errorText, tone: "text-danger" };
    case "output-denied":
      return part.approval.reason === undefined
        ? null
        : { name: "reason", label: words.fields.reason, value: part.approval.reason, tone: "" };
    default:
      return null;
  }
}

function Section({ label, value, tone = "" }: { label: string; value: unknown; tone?: string }) {
  return (
    <div className={tone}>
      <h4 className="mb-1 text-12 text-muted">{label}</h4>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-80 overflow-auto text-13"
      >
        <ValueView value={value} />
      </div>
    </div>
  );
}

function hasFields(input: unknown): boolean {
  return typeof input === "object" && input !== null && Object.keys(input).length > 0;
}

/** Tools of a person's own often give JSON as text. */
function readable(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function json(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}
