import { z } from "zod";
import { percentsField, percentsSentence } from "#app/api/alerts/percents-field.ts";
import { budgetField, budgetSentence } from "#app/api/budget-field.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { isModelAllowed } from "#lib/keys/scope.ts";
import type { KeyChange, NewKey } from "#lib/keys/store.ts";
import { listModels } from "#lib/models/catalog.ts";
import { budgetModes } from "#lib/usage/allowances.ts";

const nameLength = 60;
const mostPatterns = 20;
const mostRequests = 1_000_000;

const fields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(nameLength)
    .regex(/^\P{Cc}*$/u),
  modelPatterns: z
    .array(z.string().regex(/^[\w./:*-]{1,200}$/))
    .max(mostPatterns)
    .refine((patterns) => listModels().some(({ id }) => isModelAllowed(patterns, id))),
  requestsPerMinute: z.int().min(1).max(mostRequests).nullable(),
  monthlyBudgetUsd: budgetField,
  budgetMode: z.enum(budgetModes),
  alertPercents: percentsField,
  disabled: z.boolean(),
  expiresAt: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .refine((time) => time.getTime() > Date.now())
    .nullable(),
};

const sentences = {
  name: `Give the key a name of 1 to ${nameLength} characters.`,
  modelPatterns: `Name models of this installation, ${mostPatterns} at most; * stands for any characters. Empty for all.`,
  requestsPerMinute: `Give a whole number from 1 to ${mostRequests}, or leave it empty for the plan's own limit.`,
  monthlyBudgetUsd: budgetSentence,
  budgetMode: "Say hard for a budget that refuses requests, or warn for one that does not.",
  alertPercents: percentsSentence,
  disabled: "Say true to switch the key off, or false to switch it on.",
  expiresAt: "Give a time in the future, or leave it empty for no end.",
} satisfies Record<keyof typeof fields, string>;

const bodySchema = z.strictObject({
  name: z.unknown(),
  modelPatterns: z.unknown(),
  requestsPerMinute: z.unknown(),
  monthlyBudgetUsd: z.unknown(),
  budgetMode: z.unknown(),
  alertPercents: z.unknown(),
  disabled: z.unknown(),
  expiresAt: z.unknown(),
});

/**
 * What a request's JSON says about a key; what is left out is left out.
 * @throws InvalidFields with a sentence for each field at fault
 */
export async function readKeyFields(request: Request): Promise<KeyChange> {
  const body = await readJson(request, bodySchema.partial());
  const parsed = z.object(fields).partial().safeParse(body);
  if (!parsed.success) throw new InvalidFields(sentencesFor(parsed.error));
  const { monthlyBudgetUsd, ...others } = parsed.data;
  const change: KeyChange = monthlyBudgetUsd === undefined ? {} : { monthlyBudgetNanoUsd: monthlyBudgetUsd };
  for (const [field, value] of Object.entries(others))
    if (value !== undefined) Object.assign(change, { [field]: value });
  return change;
}

/** The same for a new key, which needs a name and begins switched on. */
export async function readNewKey(request: Request): Promise<NewKey> {
  const { name, disabled: _, ...rest } = await readKeyFields(request);
  if (name === undefined) throw new InvalidFields({ name: sentences.name });
  return { name, ...rest };
}

function sentencesFor({ issues }: z.ZodError): Record<string, string> {
  const named = issues.map(({ path }) => path[0]);
  return Object.fromEntries(Object.entries(sentences).filter(([field]) => named.includes(field)));
}
