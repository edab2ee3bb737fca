"use client";

import { type DynamicToolUIPart, getToolName, type ToolUIPart } from "ai";
import { Ban, Check, ChevronRight, CircleAlert, Hand, Wrench } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Spinner } from "#components/ui/spinner.tsx";

type ToolPart = ToolUIPart | DynamicToolUIPart;

interface StateLook {
  label: string;
  icon: ReactNode;
  tone: string;
}

const busy = { icon: <Spinner />, tone: "text-muted" };
const looks = {
  "input-streaming": { label: "Preparing", ...busy },
  "input-available": { label: "Running", ...busy },
  "approval-requested": { label: "Waiting for approval", icon: <Hand />, tone: "text-warning" },
  "approval-responded": { label: "Running", ...busy },
  "output-available": { label: "Done", icon: <Check />, tone: "text-positive" },
  "output-error": { label: "Failed", icon: <CircleAlert />, tone: "text-danger" },
  "output-denied": { label: "Denied", icon: <Ban />, tone: "text-muted" },
} satisfies Record<ToolPart["state"], StateLook>;

/** "get_weather" → "Get weather". */
function inWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}

/** A call of a tool, one line that opens to what went in and what came out. It opens itself when it fails. */
export function ToolCard({ part, interrupted }: { part: ToolPart; interrupted: boolean }) {
  const [choice, setChoice] = useState<boolean | null>(null);
  const contentId = useId();
  const unfinished =
    part.state !== "output-available" && part.state !== "output-error" && part.state !== "output-denied";
  const look =
    interrupted && unfinished
      ? { label: "Not finished", icon: <Ban />, tone: "text-muted" }
      : looks[part.state];
  const open = choice ?? part.state === "output-error";
  return (
    <section className="overflow-hidden rounded-card border border-border text-14">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={contentId}
        onClick={() => setChoice(!open)}
        className="target flex w-full items-center gap-2.5 px-3 text-left hover:bg-surface"
      >
        <Wrench aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">{part.title ?? inWords(getToolName(part))}</span>
        <span className={classNames("flex items-center gap-1.5 text-13 [&_svg]:size-4", look.tone)}>
          {look.icon}
          {look.label}
        </span>
        <ChevronRight
          aria-hidden="true"
          className={classNames("size-4 shrink-0 text-faint transition-transform", open && "rotate-90")}
        />
      </button>
      {open && (
        <div id={contentId} className="flex flex-col gap-3 border-border border-t bg-surface px-3 py-3">
          <Field label="Arguments" value={inText(part.input)} />
          {part.state === "output-available" && <Field label="Result" value={inText(part.output)} />}
          {part.state === "output-error" && <Field label="Error" value={part.errorText} tone="text-danger" />}
        </div>
      )}
    </section>
  );
}

function Field({ label, value, tone }: { label: string; value: string; tone?: string }) {
  if (value === "") return null;
  return (
    <div>
      <h4 className="mb-1 text-12 text-muted">{label}</h4>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={classNames(
          "max-h-80 overflow-auto whitespace-pre-wrap break-words font-mono text-13",
          tone,
        )}
      >
        {value}
      </pre>
    </div>
  );
}
