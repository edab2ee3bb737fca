import { expect } from "@playwright/test";
import { type SmtpSink, startSmtpSink } from "#tests/support/smtp-sink.ts";
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from "#tests/support/webhook-receiver.ts";
import { Product, signUp, test } from "./product.ts";

let sink: SmtpSink;
let receiver: WebhookReceiver;
/** Of its own: where e-mails go and which addresses may be called is decided at its start. */
let product: Product;

test.beforeAll(async () => {
  [sink, receiver] = await Promise.all([startSmtpSink(), startWebhookReceiver()]);
  product = await Product.start({
    SMTP_URL: sink.url,
    SMTP_FROM: "AIgateway <alerts@example.com>",
    ALLOW_PRIVATE_WEBHOOK_ADDRESSES: "true",
    ALERT_RETRY_MS: "200",
  });
});

test.afterAll(async () => {
  await product.stop();
  await Promise.all([sink.close(), receiver.close()]);
});

/** One call that may cost little, so that a small budget holds several. */
async function smallCall(apiKey: string): Promise<number> {
  const answer = await fetch(`${product.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "moonshot/kimi-k2.6",
      messages: [{ role: "user", content: "Tell a story" }],
      max_tokens: 20,
    }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

test("a key's budget is hit: the call is refused, the alert arrives by e-mail and signed call, the banner says so", async ({
  page,
}) => {
  const { email } = await signUp(page, product.url);
  await page.goto(`${product.url}/settings/alerts`);
  await page.getByLabel("Address").fill(`${receiver.url}/hook`);
  await page.getByRole("button", { name: "Add webhook" }).click();
  const secret = await page.getByText(/^whsec_/).innerText();
  await page.getByRole("button", { name: "I have stored the secret" }).click();

  receiver.answerWith(500, 500);
  await page
    .getByRole("region", { name: `${receiver.url}/hook` })
    .getByRole("button", { name: "Send a test" })
    .click();
  const log = page.getByRole("list", { name: "Deliveries" });
  await expect(log.getByRole("listitem").first()).toContainText("Delivered", { timeout: 15_000 });
  await log.locator("summary").first().click();
  await expect(log.getByText("Status 500", { exact: true })).toHaveCount(2);
  await expect(log.getByText("Status 200", { exact: true })).toHaveCount(1);
  expect(receiver.calls).toHaveLength(3);
  expect(receiver.calls.every((call) => isSignedWith(secret, call))).toBe(true);

  const made = await page.request.post(`${product.url}/api/keys`, {
    data: { name: "nightly", monthlyBudgetUsd: "0.0005", alertPercents: [50] },
  });
  const { apiKey } = await made.json();
  const statuses: number[] = [];
  while (statuses.at(-1) !== 402 && statuses.length < 20) statuses.push(await smallCall(apiKey));
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(402);
  const events = () => receiver.calls.slice(3).map((call) => JSON.parse(call.body).type);
  await expect
    .poll(() => events().sort(), { timeout: 15_000 })
    .toEqual(["budget.request_refused", "budget.threshold_reached"]);
  await expect
    .poll(() =>
      sink.mails
        .filter(({ to }) => to.includes(email))
        .map(({ subject }) => subject)
        .sort(),
    )
    .toEqual([
      "AIgateway: 50% of the budget of the key “nightly” is spent",
      "AIgateway: the budget of the key “nightly” refuses requests",
    ]);

  await page.goto(`${product.url}/chat`);
  const banner = page.getByText(/budget of the key “nightly” is too far spent/);
  await expect(banner).toBeVisible();
  const dismissed = page.waitForResponse(/\/api\/alerts\/dismiss/);
  await page.getByRole("alert").filter({ has: banner }).getByRole("button", { name: "Dismiss" }).click();
  await expect(banner).toHaveCount(0);
  expect((await dismissed).status()).toBe(204);
  await page.goto(`${product.url}/keys`);
  await expect(banner).toHaveCount(0);
});
