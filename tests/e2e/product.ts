import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import pg from "pg";
import { embeddedUrl } from "#lib/db/embedded.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

export const password = "a long and private sentence";

/** Whose account may use `/admin`, once it has signed up: nobody else is admin by being first. */
export const adminEmail = "admin@example.com";

/** The proxy that is trusted is the journeys themselves: each account signs up from an address of its own. */
const settings = { LOG_LEVEL: "warn", ADMIN_EMAILS: adminEmail, TRUST_PROXY: "true" };

/** A server that can be killed and started again on its data and its port. */
export class Product {
  #server: TestServer;
  private constructor(server: TestServer) {
    this.#server = server;
  }

  static async start(env: Record<string, string> = {}): Promise<Product> {
    return new Product(await startServer({ role: "all", env: { ...settings, ...env } }));
  }

  get url(): string {
    return this.#server.url;
  }

  /** Runs a statement in the server's database, past the server. */
  async query(sql: string, values: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: embeddedUrl(this.#server.dataDir) });
    await client.connect();
    try {
      await client.query(sql, [...values]);
    } finally {
      await client.end();
    }
  }

  async killAndRestart(): Promise<void> {
    const { dataDir, url } = this.#server;
    await this.#server.kill();
    this.#server = await startServer({
      role: "all",
      dataDir,
      env: { ...settings, PORT: new URL(url).port },
    });
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

/** Until every button answers a press: what is pressed before React has taken the page over is lost. */
async function untilInteractive(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Array.from(document.querySelectorAll("button")).every((button) =>
      Object.keys(button).some((name) => name.startsWith("__reactProps$")),
    ),
  );
}

/** Has the page's own `goto` and `reload` end when it can be used. */
function waitForInteractive(page: Page): void {
  const { goto, reload } = page;
  page.goto = async (...args) => {
    const answer = await goto.apply(page, args);
    await untilInteractive(page);
    return answer;
  };
  page.reload = async (...args) => {
    const answer = await reload.apply(page, args);
    await untilInteractive(page);
    return answer;
  };
}

/** What Chromium logs by itself for an answer with an error status; the pages show those in their own words. */
const LOGGED_BY_CHROMIUM = /^Failed to load resource: /;

function collectProblems(page: Page, problems: string[]): void {
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !LOGGED_BY_CHROMIUM.test(message.text())) problems.push(message.text());
  });
}

interface Fixtures {
  /** Fails the test when a page logs an error, a violated content security policy included. */
  watched: (context: BrowserContext) => Promise<Page>;
  page: Page;
}

export const test = base.extend<Fixtures, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const product = await Product.start();
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  watched: async ({}, use) => {
    const problems: string[] = [];
    await use(async (context) => {
      const page = await context.newPage();
      collectProblems(page, problems);
      waitForInteractive(page);
      return page;
    });
    expect(problems).toEqual([]);
  },
  page: async ({ context, watched }, use) => use(await watched(context)),
});

/** Signs a browser in as the admin, whose account is made where there is none yet. */
export async function signInAsAdmin(context: BrowserContext, baseUrl: string): Promise<void> {
  const form = { data: { email: adminEmail, password } };
  await context.request.post(`${baseUrl}/api/signup`, form);
  expect((await context.request.post(`${baseUrl}/api/signin`, form)).status()).toBe(204);
}

let accounts = 0;

function newEmail(): string {
  accounts += 1;
  return `person-${process.pid}-${accounts}@example.com`;
}

/** Signs a new account up through the page and leaves the browser where it leads: the first key. */
export async function signUpOnPage(page: Page, baseUrl: string): Promise<{ email: string; apiKey: string }> {
  const email = newEmail();
  await page.goto(`${baseUrl}/signup`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/welcome");
  const apiKey = await page
    .getByText(/^sk-aig-[0-9A-Za-z]{40}$/)
    .first()
    .innerText();
  return { email, apiKey };
}

/** Makes a new account in one call and signs the page's browser in: for journeys that begin after that. */
export async function signUp(page: Page, baseUrl: string): Promise<{ email: string; apiKey: string }> {
  const email = newEmail();
  const answer = await page.request.post(`${baseUrl}/api/signup`, {
    data: { email, password },
    headers: { origin: baseUrl, "x-forwarded-for": `10.0.0.${accounts}` },
  });
  expect(answer.status()).toBe(201);
  const { apiKey } = await answer.json();
  return { email, apiKey };
}

export async function send(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

/** Axe finds nothing on the page as it stands once it has its title, which follows a page that was navigated to in place. */
export async function expectAccessible(page: Page, where = page.url()): Promise<void> {
  await expect(page).not.toHaveTitle("");
  // No page has a foreign frame, so none needs a page of its own to put the frames' results together.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.html).join(" ")}`),
  ).toEqual([]);
}

/** The person's view of how the reply stands, as screen readers hear it. */
export function status(page: Page) {
  return page
    .getByRole("log")
    .locator("xpath=//p[@role='status']")
    .or(page.locator("p[role=status]"))
    .first();
}
