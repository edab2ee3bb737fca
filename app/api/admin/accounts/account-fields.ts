import { z } from "zod";
import { budgetField, budgetSentence } from "#app/api/budget-field.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import type { AccountChange } from "#lib/admin/store/account-changes.ts";

const mostRequests = 1_000_000_000;
const limitField = (min: number) => z.int().min(min).max(mostRequests).nullable();

const bodySchema = z.strictObject({
  plan: z.enum(["trial", "paid"]).optional(),
  disabled: z.boolean().optional(),
  monthlyBudgetUsd: z.unknown().optional(),
  requestsPerDay: z.unknown().optional(),
  requestsPerMinute: z.unknown().optional(),
});

const fields = {
  monthlyBudgetUsd: [budgetField, budgetSentence],
  requestsPerDay: [limitField(0), "Give a whole number, or leave it empty for the plan's."],
  requestsPerMinute: [limitField(1), "Give a whole number from 1 on, or leave it empty for the plan's."],
} as const;

/**
 * What an admin changes of an account; money in dollars as typed, null for none or the plan's.
 * @throws InvalidFields, ApiError `invalid_request`
 */
export async function readAccountChange(
  request: Request,
): Promise<{ change: AccountChange; disabled: boolean | undefined }> {
  const body = await readJson(request, bodySchema);
  const faults: Record<string, string> = {};
  const read = <T>(name: keyof typeof fields, schema: z.ZodType<T>): T | undefined => {
    if (body[name] === undefined) return undefined;
    const parsed = schema.safeParse(body[name]);
    if (!parsed.success) faults[name] = fields[name][1];
    return parsed.data;
  };
  const change = {
    plan: body.plan,
    monthlyBudgetNanoUsd: read("monthlyBudgetUsd", fields.monthlyBudgetUsd[0]),
    requestsPerDay: read("requestsPerDay", fields.requestsPerDay[0]),
    requestsPerMinute: read("requestsPerMinute", fields.requestsPerMinute[0]),
  };
  if (Object.keys(faults).length > 0) throw new InvalidFields(faults);
  return { change, disabled: body.disabled };
}
