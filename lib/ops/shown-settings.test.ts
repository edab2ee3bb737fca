import { expect, test } from "vitest";
import { settings } from "./settings.ts";
import { describeSettings } from "./shown-settings.ts";

test("settings are shown with their value or default, but nothing of a secret, wherever it stands", () => {
  const environment = Object.fromEntries(
    Object.keys(settings).map((name) => [
      name,
      /URL|ENDPOINT/.test(name) ? "https://me:hush-hush@host/path" : `hush-hush ${name}`,
    ]),
  );
  const shown = describeSettings({ ...environment, PORT: "8080", HOST: "" });
  const named = (name: string) => shown.find((each) => each.name === name);
  expect(named("PORT")).toMatchObject({ value: "8080", isSet: true });
  expect(named("HOST")).toMatchObject({ value: "127.0.0.1", isSet: false });
  expect(named("DATABASE_URL")).toMatchObject({ value: "https://…@host/path", isSecret: false });
  const secrets = ["AUTH_SECRET", "UPSTREAM_API_KEY", "S3_SECRET_ACCESS_KEY", "TAVILY_API_KEY"];
  for (const name of secrets) expect(named(name)).toMatchObject({ value: null, isSet: true, isSecret: true });
  const addresses = shown.filter(({ name }) => /URL|ENDPOINT/.test(name));
  expect(JSON.stringify([...addresses, ...secrets.map(named)])).not.toContain("hush-hush");
});
