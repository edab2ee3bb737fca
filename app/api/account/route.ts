import { z } from "zod";
import { budgetField, budgetSentence } from "#app/api/budget-field.ts";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { budgetModes } from "#lib/usage/allowances.ts";
import { setAccountBudget } from "#lib/usage/store/allowances.ts";

/**
 * Changes the account: `monthlyBudgetUsd`, in dollars as typed, is what its keys and chat may spend together in a UTC month; `budgetMode`
 * whether it refuses requests then (`hard`, if left out) or only warns.
 */
export const PATCH = handle(async (request) => {
  const account = await requireApiAccount();
  const body = await readJson(
    request,
    z.strictObject({ monthlyBudgetUsd: z.unknown(), budgetMode: z.enum(budgetModes).default("hard") }),
  );
  const budget = budgetField.safeParse(body.monthlyBudgetUsd);
  if (!budget.success) throw new InvalidFields({ monthlyBudgetUsd: budgetSentence });
  await setAccountBudget(getDb(), account.id, budget.data, body.budgetMode);
  return Response.json({
    monthlyBudgetNanoUsd: budget.data?.toString() ?? null,
    budgetMode: body.budgetMode,
  });
});
