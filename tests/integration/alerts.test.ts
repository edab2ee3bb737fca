import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMailer } from "#lib/alerts/deliver-email.ts";
import { createWebhookFetch } from "#lib/alerts/deliver-webhook.ts";
import { type AlertJobOptions, lookOnce, startAlertJob } from "#lib/alerts/job.ts";
import { dismissAlert, listBudgetNotices } from "#lib/alerts/store/banner.ts";
import { setAlertChoices } from "#lib/alerts/store/choices.ts";
import { addTest, listDeliveries, redeliver } from "#lib/alerts/store/deliveries.ts";
import { raiseAlerts } from "#lib/alerts/store/raise.ts";
import {
  addWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  setWebhookEnabled,
} from "#lib/alerts/store/webhooks.ts";
import type { Db } from "#lib/db/client.ts";
import { updateKey } from "#lib/keys/store.ts";
import { setAccountBudget } from "#lib/usage/store/allowances.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { until } from "#tests/support/gateway.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";
import { type SmtpSink, startSmtpSink } from "#tests/support/smtp-sink.ts";
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from "#tests/support/webhook-receiver.ts";

const authSecret = "a secret of the alert tests, long enough";
/** What one call of these tests costs. */
const callCost = 1_333_000n;
const retryMs = 10_000;

let sink: SmtpSink;
let receiver: WebhookReceiver;

beforeAll(async () => {
  [sink, receiver] = await Promise.all([startSmtpSink(), startWebhookReceiver()]);
});

afterAll(() => Promise.all([sink.close(), receiver.close()]));

interface Clock {
  ms: number;
}

function optionsOf(db: Db, clock: Clock, change: Partial<AlertJobOptions> = {}): AlertJobOptions {
  return {
    db,
    log: { error: (details) => expect(details).toBeUndefined() },
    authSecret,
    mailer: createMailer({ url: sink.url, from: "AIgateway <alerts@example.com>" }, "https://ai.example.com"),
    fetch: createWebhookFetch({ allowPrivate: true }),
    retryMs,
    now: () => clock.ms,
    ...change,
  };
}

/** Other test files raise alerts in the same databases: what is due is worked off to its end. */
async function lookUntilDone(options: AlertJobOptions): Promise<void> {
  while ((await lookOnce(options, new AbortController().signal)) > 0);
}

describe.each(databases)("alerts on $name", ({ url }) => {
  // The two share what others have alone: the embedded database takes a run of 20 connections.
  const db = openTestDb(url, 4);
  const second = openTestDb(url, 4);
  afterAll(() => Promise.all([db.$disconnect(), second.$disconnect()]));

  /** A key whose budget `calls` calls fill, and the way to make them. */
  async function newBudget(calls: number, mode: "hard" | "warn" = "warn") {
    const { id: accountId, email } = await createTestAccount(db, { plan: "paid" });
    const limit = callCost * BigInt(calls);
    const { keyId, payer } = await createPayer(db, accountId, {
      name: "nightly",
      monthlyBudgetNanoUsd: limit,
      budgetMode: mode,
    });
    const spend = async (times: number) => {
      for (let call = 0; call < times; call += 1) await settle(db, await admitOne(db, payer), outcomeOf());
    };
    const raised = () =>
      db.alert.findMany({ where: { accountId }, orderBy: [{ limitNanoUsd: "asc" }, { percent: "asc" }] });
    const hook = async () => {
      const added = await addWebhook(db, authSecret, accountId, `${receiver.url}/${accountId}`);
      if (!added) throw new Error("No webhook could be added.");
      return { id: added.webhook.id, secret: added.secret };
    };
    const calls_ = () => receiver.calls.filter(({ path }) => path === `/${accountId}`);
    const mails = () => sink.mails.filter(({ to }) => to.includes(email));
    return { accountId, email, keyId, payer, limit, spend, raised, hook, calls: calls_, mails };
  }

  test("each share is raised once, whoever looks and however often", async () => {
    const budget = await newBudget(10);
    const looks = () =>
      Promise.all(Array.from({ length: 12 }, (_, at) => raiseAlerts(at % 2 === 0 ? db : second, new Date())));
    for (let call = 0; call < 10; call += 1) {
      await budget.spend(1);
      await looks();
    }
    const alerts = await budget.raised();
    expect(alerts.map(({ percent, kind }) => [kind, percent])).toEqual([
      ["reached", 50],
      ["reached", 80],
      ["reached", 100],
    ]);
    expect(alerts.map(({ spentNanoUsd }) => spentNanoUsd)).toEqual(
      [5n, 8n, 10n].map((calls) => calls * callCost),
    );
    expect(await db.alertDelivery.count({ where: { accountId: budget.accountId } })).toBe(3);
  });

  test("of shares passed at once the highest is told, and a raised budget is a new one", async () => {
    const budget = await newBudget(2);
    await budget.spend(2);
    await raiseAlerts(db, new Date());
    expect(await budget.raised()).toHaveLength(3);
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([
      { channel: "email", alert: { percent: 100, keyName: "nightly", ofAccount: false } },
    ]);
    await updateKey(db, budget.accountId, budget.keyId, {
      monthlyBudgetNanoUsd: budget.limit * 2n,
      alertPercents: [40, 90],
    });
    await raiseAlerts(db, new Date());
    const alerts = await budget.raised();
    expect(alerts.slice(3)).toMatchObject([{ percent: 40, limitNanoUsd: budget.limit * 2n }]);
  });

  test("the account's own budget is told at its own shares; spend of another month is not counted", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const { payer } = await createPayer(db, id);
    await setAccountBudget(db, id, callCost * 4n, "warn");
    await setAlertChoices(db, id, { percents: [25, 200], byEmail: false });
    await settle(db, await admitOne(db, payer), outcomeOf());
    await raiseAlerts(db, new Date("2031-05-20T00:00:00Z"));
    expect(await db.alert.count({ where: { accountId: id } })).toBe(0);
    await raiseAlerts(db, new Date());
    expect(await db.alert.findMany({ where: { accountId: id } })).toMatchObject([
      { keyId: null, percent: 25, spentNanoUsd: callCost },
    ]);
    expect(await listDeliveries(db, id)).toEqual([]);
  });

  test("a hard budget that refused a call says so once", async () => {
    const budget = await newBudget(1, "hard");
    for (let look = 0; look < 3; look += 1) await raiseAlerts(db, new Date(), [budget.keyId]);
    expect(await budget.raised()).toMatchObject([{ kind: "refused", percent: 0, spentNanoUsd: 0n }]);
    const clock = { ms: Date.now() + 1_000 };
    await lookUntilDone(optionsOf(db, clock));
    expect(budget.mails()).toHaveLength(1);
    expect(budget.mails()[0]?.subject).toBe("AIgateway: the budget of the key “nightly” refuses requests");
  });

  test("an e-mail and a signed call tell what happened", async () => {
    const budget = await newBudget(4);
    const { secret } = await budget.hook();
    await budget.spend(2);
    const clock = { ms: Date.now() };
    await lookUntilDone(optionsOf(db, clock));
    expect(budget.mails()).toHaveLength(1);
    const [mail] = budget.mails();
    expect(mail).toMatchObject({
      from: "alerts@example.com",
      to: [budget.email],
      subject: "AIgateway: 50% of the budget of the key “nightly” is spent",
    });
    expect(mail?.text).toContain("$0.002666 of $0.005332.");
    expect(mail?.text).toContain("https://ai.example.com/settings/alerts");
    const [call, ...more] = budget.calls();
    if (!call) throw new Error("The webhook was not called.");
    expect(more).toEqual([]);
    expect(isSignedWith(secret, call)).toBe(true);
    expect(isSignedWith(secret, { ...call, body: `${call.body} ` })).toBe(false);
    expect(Number(call.headers["webhook-timestamp"])).toBe(Math.floor(clock.ms / 1000));
    expect(JSON.parse(call.body)).toMatchObject({
      type: "budget.threshold_reached",
      data: {
        account_id: budget.accountId,
        budget: "key",
        key: { id: budget.keyId, name: "nightly" },
        threshold_percent: 50,
        spent_nano_usd: Number(callCost * 2n),
        limit_nano_usd: Number(budget.limit),
        mode: "warn",
      },
    });
    expect((await listDeliveries(db, budget.accountId)).map(({ status }) => status)).toEqual([
      "delivered",
      "delivered",
    ]);
  });

  test("a receiver that fails twice gets the same delivery a third time, later and later, by whichever process", async () => {
    const budget = await newBudget(2);
    const { secret } = await budget.hook();
    await setAlertChoices(db, budget.accountId, { byEmail: false });
    await budget.spend(1);
    receiver.answerWith(500, null);
    const clock = { ms: Date.now() };
    await lookUntilDone(optionsOf(db, clock));
    const [failed] = await listDeliveries(db, budget.accountId);
    expect(failed).toMatchObject({
      status: "pending",
      nextAttemptAt: new Date(clock.ms + retryMs),
      tries: [{ number: 1, httpStatus: 500, error: "status", excerpt: "answered 500" }],
    });
    clock.ms += retryMs - 1;
    await lookUntilDone(optionsOf(second, clock));
    expect(budget.calls()).toHaveLength(1);
    clock.ms += 1;
    await lookUntilDone(optionsOf(second, clock));
    clock.ms += retryMs * 3;
    await lookUntilDone(optionsOf(db, clock));
    const [delivered] = await listDeliveries(db, budget.accountId);
    expect(delivered?.status).toBe("delivered");
    expect(delivered?.tries.map(({ httpStatus }) => httpStatus)).toEqual([500, null, 200]);
    const ids = budget.calls().map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([delivered?.id, delivered?.id, delivered?.id]);
    expect(budget.calls().every((call) => isSignedWith(secret, call))).toBe(true);
  });

  test("a claimed delivery whose process died is tried again by another one", async () => {
    const budget = await newBudget(2);
    await budget.hook();
    await setAlertChoices(db, budget.accountId, { byEmail: false });
    await budget.spend(1);
    await raiseAlerts(db, new Date());
    // As a process leaves it that took the delivery and was killed while it called.
    const clock = { ms: Date.now() };
    await db.alertDelivery.updateMany({
      where: { accountId: budget.accountId },
      data: { attempts: 1, nextAttemptAt: new Date(clock.ms + 30_000) },
    });
    await lookUntilDone(optionsOf(db, clock));
    expect(budget.calls()).toHaveLength(0);
    clock.ms += 30_000;
    await lookUntilDone(optionsOf(second, clock));
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([
      { status: "delivered", tries: [{ number: 2, httpStatus: 200 }] },
    ]);
  });

  test("a delivery is given up after nine tries over hours, and can be sent again", async () => {
    const budget = await newBudget(2);
    await budget.hook();
    await setAlertChoices(db, budget.accountId, { byEmail: false });
    await budget.spend(1);
    receiver.answerWith(...Array.from({ length: 9 }, () => 503));
    const clock = { ms: Date.now() };
    const begun = clock.ms;
    let tries = 0;
    for (let status = "pending"; status === "pending"; tries += 1) {
      await lookUntilDone(optionsOf(db, clock));
      const [delivery] = await listDeliveries(db, budget.accountId);
      status = delivery?.status ?? "gone";
      clock.ms = delivery?.nextAttemptAt?.getTime() ?? clock.ms;
    }
    expect(tries).toBe(9);
    expect(clock.ms - begun).toBeGreaterThan(8 * 3_600_000);
    const [failed] = await listDeliveries(db, budget.accountId);
    expect(failed?.status).toBe("failed");
    const stranger = await createTestAccount(db);
    expect(await redeliver(db, stranger.id, failed?.id ?? "", new Date(clock.ms))).toBe(false);
    expect(await redeliver(db, budget.accountId, failed?.id ?? "", new Date(clock.ms))).toBe(true);
    await lookUntilDone(optionsOf(db, clock));
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([{ status: "delivered" }]);
    expect(budget.calls()).toHaveLength(10);
  });

  test("redirects and private addresses are refused, and what failed says why", async () => {
    const budget = await newBudget(2);
    await budget.hook();
    await setAlertChoices(db, budget.accountId, { byEmail: false });
    await budget.spend(1);
    receiver.answerWith(302);
    const clock = { ms: Date.now() };
    await lookUntilDone(optionsOf(db, clock));
    expect(receiver.calls.some(({ path }) => path === "/elsewhere")).toBe(false);
    clock.ms += retryMs;
    await lookUntilDone(optionsOf(db, clock, { fetch: createWebhookFetch({ allowPrivate: false }) }));
    const [delivery] = await listDeliveries(db, budget.accountId);
    expect(delivery?.tries.map(({ error }) => error)).toEqual(["redirected", "not_public"]);
    expect(budget.calls()).toHaveLength(1);
  });

  test("an e-mail waits for a process that can send it, and for a server that takes it", async () => {
    const budget = await newBudget(2);
    await budget.spend(1);
    const clock = { ms: Date.now() };
    await lookUntilDone(optionsOf(db, clock, { mailer: null }));
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([{ status: "pending", tries: [] }]);
    sink.refuseWith("451 not now");
    await lookUntilDone(optionsOf(db, clock));
    sink.refuseWith(null);
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([
      { tries: [{ error: "mail_refused", excerpt: "451 not now" }] },
    ]);
    clock.ms += retryMs;
    await lookUntilDone(optionsOf(db, clock));
    expect(budget.mails()).toHaveLength(1);
  });

  test("after a rotation both secrets sign for a day; a webhook switched off or deleted is not called", async () => {
    const { accountId, hook, calls } = await newBudget(2);
    const { id, secret } = await hook();
    const clock = { ms: Date.now() };
    const rotated = await rotateWebhookSecret(db, authSecret, { accountId, id, now: new Date(clock.ms) });
    const send = async () => {
      await addTest(
        db,
        accountId,
        { channel: "webhook", target: `${receiver.url}/${accountId}`, webhookId: id },
        new Date(clock.ms),
      );
      await lookUntilDone(optionsOf(db, clock));
      const last = calls().at(-1);
      return [secret, rotated?.secret ?? ""].map((each) => last && isSignedWith(each, last));
    };
    expect(await send()).toEqual([true, true]);
    clock.ms += 24 * 3_600_000;
    expect(await send()).toEqual([false, true]);
    expect(JSON.parse(calls()[0]?.body ?? "")).toMatchObject({ type: "test" });
    await lookUntilDone(optionsOf(db, clock));
    await setWebhookEnabled(db, accountId, id, false);
    await send();
    await deleteWebhook(db, accountId, id);
    clock.ms += retryMs;
    await lookUntilDone(optionsOf(db, clock));
    expect(calls()).toHaveLength(2);
    const stored = await db.webhook.findMany();
    expect(Buffer.concat(stored.map((each) => each.sealedSecret)).toString("latin1")).not.toContain("whsec_");
  });

  test("a banner shows the gravest of a budget until it is put away, or the budget is another", async () => {
    const budget = await newBudget(4, "hard");
    const notices = () => listBudgetNotices(db, budget.accountId, new Date());
    expect(await notices()).toEqual([]);
    await budget.spend(3);
    await raiseAlerts(db, new Date());
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ keyName: "nightly", kind: "reached", percent: 50, mode: "hard" });
    const stranger = await createTestAccount(db);
    expect(await dismissAlert(db, stranger.id, notice?.alertId ?? "", new Date())).toBe(false);
    expect(await dismissAlert(db, budget.accountId, notice?.alertId ?? "", new Date())).toBe(true);
    expect(await notices()).toEqual([]);
    await raiseAlerts(db, new Date(), [budget.keyId]);
    expect(await notices()).toMatchObject([{ kind: "refused" }]);
    await updateKey(db, budget.accountId, budget.keyId, { monthlyBudgetNanoUsd: budget.limit * 10n });
    expect(await notices()).toEqual([]);
  });

  test("the job raises and delivers by itself until it is stopped, and what it breaks off is left to the next", async () => {
    const budget = await newBudget(2);
    await budget.hook();
    await setAlertChoices(db, budget.accountId, { byEmail: false });
    const slow = createWebhookFetch({ allowPrivate: true });
    let called = 0;
    const hanging = startAlertJob({
      ...optionsOf(db, { ms: 0 }, { now: Date.now, mailer: null, retryMs: 50 }),
      fetch: (address, init) => {
        if (!String(address).includes(budget.accountId)) return slow(address, init);
        called += 1;
        return new Promise((_, reject) => {
          init?.signal?.addEventListener("abort", () => reject(new Error("broken off")));
        });
      },
    });
    await budget.spend(1);
    await until(() => (called > 0 ? true : null), 20_000);
    await hanging.stop();
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([{ status: "pending", tries: [] }]);
    const next = startAlertJob(optionsOf(second, { ms: 0 }, { now: Date.now, mailer: null, retryMs: 50 }));
    // Not only called: a stop before the answer is read would leave it to the next again.
    await until(async () => {
      const [delivery] = await listDeliveries(db, budget.accountId);
      return delivery?.status === "delivered" ? true : null;
    }, 20_000);
    await next.stop();
    expect(budget.calls().length).toBeGreaterThan(0);
    expect(await listDeliveries(db, budget.accountId)).toMatchObject([
      { status: "delivered", tries: [{ number: 1 }] },
    ]);
  });
});
