"use client";

import { Play, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { codeOfBody } from "./code-of-body.ts";
import { bodyOfDraft, type Draft, draftOfBody, emptyDraft } from "./draft.ts";
import { DraftOptions } from "./draft-options.tsx";
import { MessageList } from "./message-list.tsx";
import { RunResult } from "./run-result.tsx";
import { useRun } from "./use-run.ts";

export interface PlaygroundProps {
  model: string;
  maxOutputTokens: number;
  /** Where this installation is reached, without a path. */
  baseUrl: string;
  /** The body of a chat completion to begin with. */
  replayed: unknown;
}

/** A request made by hand: what it sends, what it gets, what it costs, and the code that does the same. */
export function Playground({ model, maxOutputTokens, baseUrl, replayed }: PlaygroundProps) {
  const t = useTranslations("playground");
  const keys = useRef(0);
  const newKey = () => {
    keys.current += 1;
    return `message-${keys.current}`;
  };
  const [replay] = useState(() => {
    let made = 0;
    const begun = replayed === null ? null : draftOfBody(replayed, () => `replayed-${made++}`);
    return begun ?? { draft: emptyDraft("first"), lossy: false };
  });
  const [draft, setDraft] = useState<Draft>(replay.draft);
  const run = useRun(t("unreachable"));
  const body = useMemo(() => bodyOfDraft(draft, model), [draft, model]);
  const running = run.state?.phase === "running";
  const change = (fields: Partial<Draft>) => setDraft((before) => ({ ...before, ...fields }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!running && body.messages.length > 0) void run.start(body);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  const [first, ...others] = codeOfBody(body, baseUrl).map(({ id, label, code }) => ({
    value: id,
    label,
    content: <CodeBlock code={code} what={label} low />,
  }));
  return (
    <div className="grid min-w-0 gap-6 lg:grid-cols-2">
      <form onSubmit={submit} onKeyDown={onKeyDown} className="flex min-w-0 flex-col gap-5">
        {replay.lossy && <p className="text-pretty text-13 text-muted">{t("lossy")}</p>}
        <MessageList
          messages={draft.messages}
          onChange={(messages) => change({ messages })}
          newKey={newKey}
        />
        <DraftOptions draft={draft} onChange={change} maxOutputTokens={maxOutputTokens} />
        <div className="flex gap-2">
          {running ? (
            <Button onClick={run.stop}>
              <Square aria-hidden="true" />
              {t("stop")}
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={body.messages.length === 0}>
              <Play aria-hidden="true" />
              {t("run")}
            </Button>
          )}
        </div>
      </form>
      <div className="flex min-w-0 flex-col gap-6">
        <section aria-labelledby="result-title" className="min-w-0 rounded-card border border-border p-4">
          <h2 id="result-title" className="mb-2 text-14">
            {t("result.title")}
          </h2>
          <RunResult state={run.state} record={run.record} />
        </section>
        {first && (
          <section aria-labelledby="code-title" className="min-w-0">
            <h2 id="code-title" className="mb-2 text-14">
              {t("code")}
            </h2>
            <Tabs label={t("code")} items={[first, ...others]} />
          </section>
        )}
      </div>
    </div>
  );
}
