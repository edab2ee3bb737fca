"use client";

import { Fetched, fetchedFrom } from "#components/ui/fetched.tsx";
import type { ContextGaugeProps } from "./context-gauge.tsx";

export const gaugeSource = fetchedFrom<ContextGaugeProps>(() =>
  import("./context-gauge.tsx").then((module) => module.ContextGauge),
);

/** The gauge, which a chat without a message does not show. */
export function LazyGauge(props: ContextGaugeProps) {
  return (
    <Fetched from={gaugeSource} props={props}>
      {null}
    </Fetched>
  );
}
