"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ToolPart } from "./call-state.ts";
import { Listing } from "./results/listing.tsx";
import { richResult } from "./rich-results.tsx";
import { ValueView } from "./value-view.tsx";

/** What went into a call and what came of it, readable or raw. */
export function CallDetail({ part, toolName }: { part: ToolPart; toolName: string }) {
  const t = useTranslations("tools.cards");
  const [raw, setRaw] = useState(false);
  const outcome = outcomeOf(part);
  return (
    <>
      {raw ? (
        <>
          <Listing label={t("fields.arguments")} text={json(part.input)} />
          {outcome && (
            <Listing label={t(`fields.${outcome.name}`)} text={json(outcome.value)} tone={outcome.tone} />
          )}
        </>
      ) : (
        <Readable part={part} toolName={toolName} />
      )}
      <div className="-mb-1.5 flex items-center justify-end gap-1">
        <Button size="small" variant="quiet" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {t(raw ? "readable" : "raw")}
        </Button>
        <CopyButton
          value={json({ arguments: part.input, ...(outcome && { [outcome.name]: outcome.value }) })}
          what={t("copyCall")}
          iconOnly
        />
      </div>
    </>
  );
}

function Readable({ part, toolName }: { part: ToolPart; toolName: string }) {
  const t = useTranslations("tools.cards");
  const rich = part.state === "output-available" ? richResult(toolName, part.input, part.output) : null;
  if (rich) return rich;
  const outcome = outcomeOf(part);
  return (
    <>
      {hasFields(part.input) && <Section label={t("fields.arguments")} value={part.input} />}
      {outcome && (
        <Section label={t(`fields.${outcome.name}`)} value={readable(outcome.value)} tone={outcome.tone} />
      )}
    </>
  );
}

interface Outcome {
  name: "result" | "error" | "reason";
  value: unknown;
  tone: string;
}

function outcomeOf(part: ToolPart): Outcome | null {
  switch (part.state) {
    case "output-available":
      return { name: "result", value: part.output, tone: "" };
    case "output-error":
      return { name: "error", value: part.errorText, tone: "text-danger" };
    case "output-denied":
      return part.approval.reason === undefined
        ? null
        : { name: "reason", value: part.approval.reason, tone: "" };
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
