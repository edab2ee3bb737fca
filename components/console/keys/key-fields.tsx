import { ChevronRight } from "lucide-react";
import type { FormState } from "#components/forms/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

const limits = ["modelPatterns", "monthlyBudgetUsd", "requestsPerMinute", "expiresAt"] as const;

/** The fields of a key; its limits are folded away unless one is set or at fault. */
export function KeyFields({ state: { entered, fields } }: { state: FormState }) {
  const open = limits.some((field) => entered[field] || fields[field]);
  return (
    <>
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={60}
        required
        autoFocus
        placeholder="My first app"
        defaultValue={entered.name}
        error={fields.name}
      />
      <details className="group" open={open}>
        <summary className="target inline-flex items-center gap-1 rounded-control px-1 text-13 text-muted hover:text-foreground">
          <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
          Limits
        </summary>
        <div className="mt-2 flex flex-col gap-4">
          <TextField
            label="Models"
            name="modelPatterns"
            autoComplete="off"
            placeholder="All models"
            hint="Ids separated by commas; * stands for any characters, as in moonshot/*."
            defaultValue={entered.modelPatterns}
            error={fields.modelPatterns}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Monthly budget in dollars"
              name="monthlyBudgetUsd"
              autoComplete="off"
              inputMode="decimal"
              placeholder="None"
              defaultValue={entered.monthlyBudgetUsd}
              error={fields.monthlyBudgetUsd}
            />
            <TextField
              label="Requests per minute"
              name="requestsPerMinute"
              autoComplete="off"
              inputMode="numeric"
              placeholder="The plan's own"
              defaultValue={entered.requestsPerMinute}
              error={fields.requestsPerMinute}
            />
          </div>
          <TextField
            label="Last day"
            name="expiresAt"
            type="date"
            hint="The key stops working when this day ends. Empty for no end."
            defaultValue={entered.expiresAt}
            error={fields.expiresAt}
          />
        </div>
      </details>
    </>
  );
}
