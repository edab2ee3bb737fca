import { useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import { callApi } from "#components/forms/call-api.ts";
import type { PlaygroundBody } from "./draft.ts";
import { AnswerFailure, readAnswer } from "./read-answer.ts";
import { addPiece, type RunState, runBegun } from "./run-state.ts";

const integer = z.union([z.number(), z.string()]);
const recordSchema = z.object({
  source: z.enum(["api", "chat"]),
  status: z.string(),
  tag: z.string(),
  usage: z.object({
    prompt_tokens: z.number(),
    cached_tokens: z.number(),
    completion_tokens: z.number(),
    reasoning_tokens: z.number(),
    estimated: z.boolean(),
  }),
  cost_nano_usd: integer,
  time_to_first_token_ms: z.nullable(z.number()),
  total_ms: z.nullable(z.number()),
});

/** The metered record of the call, once it has ended. */
export type RunRecord = z.infer<typeof recordSchema>;

const failureSchema = z.object({ error: z.object({ message: z.string() }) });

export interface PlaygroundRun {
  /** Null before the first. */
  state: RunState | null;
  record: RunRecord | null;
  start(body: PlaygroundBody): Promise<void>;
  stop(): void;
}

/** Runs requests one at a time through the gateway; another one takes the place of the last. */
export function useRun(unreachable: string): PlaygroundRun {
  const [state, setState] = useState<RunState | null>(null);
  const [record, setRecord] = useState<RunRecord | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(body: PlaygroundBody): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const begunAt = performance.now();
    const sinceBegun = () => Math.round(performance.now() - begunAt);
    const update = (change: (before: RunState) => RunState) => {
      if (running.current === controller) setState((before) => change(before ?? runBegun));
    };
    setRecord(null);
    setState(runBegun);
    let requestId: string | null = null;
    try {
      const response = await fetch("/api/playground", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: controller.signal,
      });
      requestId = response.headers.get("x-metered-request-id");
      const warnings = response.headers.get("x-aig-warning");
      update((before) => ({ ...before, requestId, warnings }));
      if (!response.ok) throw new AnswerFailure(failureSchema.parse(await response.json()).error.message);
      for await (const piece of readAnswer(response)) {
        const atMs = sinceBegun();
        update((before) => addPiece(before, piece, atMs));
      }
      update((before) => ({ ...before, phase: "done", totalMs: sinceBegun() }));
    } catch (error) {
      const stopped = controller.signal.aborted;
      const failure = stopped ? null : error instanceof AnswerFailure ? error.message : unreachable;
      update((before) => ({
        ...before,
        phase: stopped ? "stopped" : "failed",
        failure,
        totalMs: sinceBegun(),
      }));
    }
    if (requestId === null || running.current !== controller) return;
    const path = `/api/usage/requests/${requestId}`;
    const answer = await callApi("GET", path, undefined, (json) => recordSchema.parse(json));
    if (answer.ok && running.current === controller) setRecord(answer.data);
  }

  return { state, record, start, stop: () => running.current?.abort() };
}
