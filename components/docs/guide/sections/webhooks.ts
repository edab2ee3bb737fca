import { paragraph, type Section } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function webhookSection({ snippets, baseUrl }: SectionFacts): Section {
  return {
    id: "webhooks",
    title: "Alerts and webhooks",
    blocks: [
      paragraph(
        `When the settled spend of a UTC month reaches a share of a budget (50, 80 and 100 % unless you choose others), you are alerted once: by e-mail, by a banner, and at the webhooks listed under [Settings, Alerts](${baseUrl}/settings/alerts). A budget that refuses a request for the first time in a month says so too, as \`budget.request_refused\`. A webhook is called with \`POST\`:`,
      ),
      codeOf(snippets, "webhook-body"),
      paragraph(
        "Answer with a status from 200 to 299 within ten seconds. Anything else is tried again, after 10 seconds at first and three times as long each time, nine times over nine hours. A call may come twice; `webhook-id` is the same then. Redirects are not followed.",
      ),
      paragraph(
        "Calls are signed as [Standard Webhooks](https://www.standardwebhooks.com) says, so its libraries check them: `webhook-signature` holds `v1,` and the base64 of HMAC-SHA256 over `webhook-id`, `webhook-timestamp` (Unix seconds) and the body, joined by dots; the key is what stands after `whsec_` in the secret, in base64. For 24 hours after a rotation it holds two signatures, parted by a space. By hand:",
      ),
      codeOf(snippets, "webhook-verify-node", "webhook-verify-python"),
    ],
  };
}
