// Brings packages, the database client and the build up to date, each only when what it is made from has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node, root, runStep } from "./step.mjs";

const stampDir = join(root, "node_modules", ".aigateway");
const buildInputs = [
  "app",
  "components",
  "lib",
  "public",
  "package-lock.json",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
];

function* filesBelow(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return;
  const entries = path.includes(".") ? null : readdirSync(absolute, { withFileTypes: true, recursive: true });
  if (!entries) {
    yield absolute;
    return;
  }
  for (const entry of entries) if (entry.isFile()) yield join(entry.parentPath ?? entry.path, entry.name);
}

function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of [...filesBelow(path)].sort()) {
      if (file.endsWith(".test.ts")) continue;
      hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

async function whenChanged(name, inputs, product, make) {
  const stamp = join(stampDir, name);
  const current = fingerprint(inputs);
  if (existsSync(join(root, product)) && existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  await make();
  mkdirSync(stampDir, { recursive: true });
  writeFileSync(stamp, current);
}

/**
 * Installs the packages at the versions of package-lock.json, Node 24 among them. Not `npm ci`: it refuses a lock file that was
 * written where the registry does not carry the binaries of every other platform.
 */
export async function ensurePackages() {
  const flags = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  await whenChanged("packages", ["package.json", "package-lock.json"], "node_modules/.bin/node", () =>
    runStep("Installing packages", "npm", flags),
  );
}

/** Generates the database client from the schema. */
export async function ensureClient() {
  await whenChanged(
    "client",
    ["package-lock.json", "prisma/schema.prisma"],
    "lib/db/generated/client.ts",
    () => runStep("Generating the database client", node, ["node_modules/prisma/build/index.js", "generate"]),
  );
}

/** Builds the pages. */
export async function ensureBuild() {
  await whenChanged("build", buildInputs, ".next/BUILD_ID", () =>
    runStep("Building the pages", node, ["node_modules/next/dist/bin/next", "build"], {
      env: { NODE_ENV: "production" },
    }),
  );
}
