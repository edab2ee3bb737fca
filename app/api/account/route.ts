import { z } from "zod";
import { readForm, requirePassword } from "#app/api/account/require-password.ts";
import { budgetField, budgetSentence } from "#app/api/budget-field.ts";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { isAdmin } from "#lib/accounts/admin.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { parseDeletionForm } from "#lib/accounts/forms.ts";
import { deleteAccount } from "#lib/admin/delete-account.ts";
import { getBlobs } from "#lib/chat/attachments/blobs.ts";
import { getDb } from "#lib/db/client.ts";
import { budgetModes } from "#lib/usage/allowances.ts";
import { setAccountBudget } from "#lib/usage/store/allowances.ts";
import { ApiError } from "#lib/wire/errors.ts";

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

/** Deletes the account with all its data; `confirm` repeats its e-mail. */
export const DELETE = handle(async (request) => {
  const account = await requireApiAccount();
  const { currentPassword, confirm } = await readForm(request, parseDeletionForm);
  if (confirm !== account.email) throw new InvalidFields({ confirm: "Type your e-mail as it stands above." });
  await requirePassword(request, account, currentPassword);
  if (await isAdmin(getDb(), account)) {
    throw new ApiError(
      "invalid_request",
      "This account is an admin and cannot be deleted. Name another admin in ADMIN_EMAILS first.",
    );
  }
  const actor = { id: account.id, address: callerOf(request.headers).address };
  await deleteAccount({ db: getDb(), blobs: getBlobs() }, actor, account.id);
  return new Response(null, { status: 204 });
});
