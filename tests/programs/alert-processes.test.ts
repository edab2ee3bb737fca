import { afterAll, beforeAll, expect, test } from "vitest";
import { setAlertChoices } from "#lib/alerts/store/choices.ts";
import { listDeliveries } from "#lib/alerts/store/deliveries.ts";
import { addWebhook } from "#lib/alerts/store/webhooks.ts";
import type { Db } from "#lib/db/client.ts";
import { createKey } from "#lib/keys/store.ts";
import { createTestAccount, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { chatBody, post, until } from "#tests/support/gateway.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { type SmtpSink, startSmtpSink } from "#tests/support/smtp-sink.ts";
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from "#tests/support/webhook-receiver.ts";

const authSecret = "the secret that all processes of this test share";

let db: Db;
let sink: SmtpSink;
let receiver: WebhookReceiver;
let servers: TestServer[];

function start(): Promise<TestServer> {
  return startServer({
    databaseUrl: postgresUrl(),
    env: {
      LOG_LEVEL: "warn",
      AUTH_SECRET: authSecret,
      SMTP_URL: sink.url,
      SMTP_FROM: "alerts@example.com",
      ALLOW_PRIVATE_WEBHOOK_ADDRESSES: "true",
      ALERT_RETRY_MS: "6000",
    },
  });
}

beforeAll(async () => {
  db = openTestDb(postgresUrl());
  [sink, receiver] = await Promise.all([startSmtpSink(), startWebhookReceiver()]);
  servers = await Promise.all([start(), start()]);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await Promise.all([sink.close(), receiver.close(), db.$disconnect()]);
});

async function createSpender(byEmail: boolean) {
  const { id, email } = await createTestAccount(db, { plan: "paid" });
  const { secret: apiKey } = await createKey(db, id, {
    name: "nightly",
    monthlyBudgetNanoUsd: 1n,
    budgetMode: "warn",
    alertPercents: [100],
  });
  const webhook = await addWebhook(db, authSecret, id, `${receiver.url}/${id}`);
  await setAlertChoices(db, id, { byEmail });
  const call = async (server: TestServer) => {
    const body = chatBody({ max_completion_tokens: 10 });
    const answer = await post(`${server.url}/v1/chat/completions`, apiKey, body);
    await answer.text();
    return answer.status;
  };
  const calls = () => receiver.calls.filter(({ path }) => path === `/${id}`);
  return { id, email, call, calls, secret: webhook?.secret ?? "" };
}

test("with several processes one alert is raised and delivered once", async () => {
  const { id, email, call, calls, secret } = await createSpender(true);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => servers[at % 2]).flatMap((server) =>
      server ? [call(server)] : [],
    ),
  );
  expect(answers).toEqual(answers.map(() => 200));
  await until(async () => {
    const deliveries = await listDeliveries(db, id);
    return deliveries.length === 2 && deliveries.every(({ status }) => status === "delivered") ? true : null;
  }, 30_000);
  expect(calls()).toHaveLength(1);
  expect(calls().every((each) => isSignedWith(secret, each))).toBe(true);
  expect(sink.mails.filter(({ to }) => to.includes(email))).toHaveLength(1);
  expect(await db.alert.count({ where: { accountId: id } })).toBe(1);
});

test("an alert raised by processes that are killed before it is delivered is delivered by the next one", async () => {
  const { id, call, calls, secret } = await createSpender(false);
  receiver.answerWith(503);
  const [first] = servers;
  if (!first) throw new Error("No server runs.");
  expect(await call(first)).toBe(200);
  await until(async () => ((await listDeliveries(db, id))[0]?.tries.length === 1 ? true : null), 30_000);
  await Promise.all(servers.map((server) => server.kill()));
  expect(await listDeliveries(db, id)).toMatchObject([{ status: "pending", tries: [{ httpStatus: 503 }] }]);
  servers = [await start()];
  await until(async () => ((await listDeliveries(db, id))[0]?.status === "delivered" ? true : null), 30_000);
  expect(calls()).toHaveLength(2);
  expect(calls().every((each) => isSignedWith(secret, each))).toBe(true);
  expect(await db.alert.count({ where: { accountId: id } })).toBe(1);
});
