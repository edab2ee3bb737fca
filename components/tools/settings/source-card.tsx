"use client";

import { CircleAlert, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ToolChoice } from "#lib/chat/tools/approval.ts";
import type { SourceEntry } from "#lib/chat/tools/settings.ts";
import { ToolRow, ToolSwitch } from "./tool-row.tsx";
import { toolsApi } from "./tools-api.ts";
import { words } from "./words.ts";

export interface SourceCardProps {
  source: SourceEntry;
  onChoose(choice: ToolChoice): void;
  /** Runs an act and shows the page anew. */
  act(work: Promise<void>): Promise<void>;
}

/** A source of tools: how it is reached, how its last check went, its tools. */
export function SourceCard({ source, onChoose, act }: SourceCardProps) {
  const [checking, setChecking] = useState(false);
  const { id, kind, name, url, enabled, checkError, tools } = source;

  async function check() {
    setChecking(true);
    await act(toolsApi.check(id));
    setChecking(false);
  }

  return (
    <section aria-label={name} className="overflow-hidden rounded-card border border-border">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-surface px-4 py-3">
        <div className="min-w-0 flex-1 basis-48">
          <h3 className="truncate font-medium text-14">{name}</h3>
          <p className="truncate text-13 text-muted">
            {words.kinds[kind]} · {url || words.pasted} · {words.tools(tools.length)}
          </p>
        </div>
        {url !== "" && (
          <Button size="small" variant="quiet" pending={checking} onClick={check}>
            {!checking && <RotateCw aria-hidden="true" />}
            {words.check}
          </Button>
        )}
        <AlertDialog
          trigger={
            <Button size="small" variant="quiet">
              <Trash2 aria-hidden="true" />
              {words.remove}
            </Button>
          }
          title={words.removeTitle(name)}
          description={words.removeWarning}
          confirmLabel={words.remove}
          onConfirm={() => act(toolsApi.remove(id))}
        />
        <ToolSwitch
          label={words.use(name)}
          checked={enabled}
          onChange={(on) => void act(toolsApi.switchSource(id, on))}
        />
      </header>
      {checkError !== null && (
        <p role="alert" className="flex items-start gap-2 bg-danger-soft px-4 py-2.5 text-13">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
          <span className="min-w-0 break-words">
            <strong className="font-medium">{words.checkFailed}.</strong> {checkError}
          </span>
        </p>
      )}
      {enabled && tools.length > 0 && (
        <ul className="divide-y divide-border border-border border-t">
          {tools.map((entry) => (
            <ToolRow key={entry.tool} entry={entry} onChoose={onChoose} />
          ))}
        </ul>
      )}
    </section>
  );
}
