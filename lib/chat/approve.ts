import type { Account } from "#lib/accounts/account.ts";
import type { ChatEnvironment } from "./generations/environment.ts";
import { type Decision, decideCall } from "./store/approvals.ts";
import type { StartedTurn } from "./store/turns.ts";
import { launch, madeHere } from "./turns.ts";

/**
 * Takes the person's decision about a call of a tool. With the last one the reply goes on; null while others wait.
 * @throws ChatRefusal `not_found`, `nothing_to_approve`, `generation_running`
 */
export async function decideToolCall(
  environment: ChatEnvironment,
  sender: Pick<Account, "id" | "plan">,
  decision: Omit<Decision, "processId" | "now">,
): Promise<StartedTurn | null> {
  const started = await decideCall(environment.db, sender.id, { ...decision, ...madeHere(environment) });
  return started && launch(environment, sender, started);
}
