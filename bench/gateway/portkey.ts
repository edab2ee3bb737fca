import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const version = "1.15.2";
/** The versions of its own lockfile: with newer ones every stream of it fails. */
const packages = [
  `@portkey-ai/gateway@${version}`,
  "hono@4.9.7",
  "@hono/node-server@1.13.5",
  "@hono/node-ws@1.2.0",
];

/** Installs the pinned Portkey from npm into a temporary folder, once, and gives the path of its program. */
export function installPortkey(): string {
  const folder = join(tmpdir(), `aigateway-bench-portkey-${version}`);
  const program = join(folder, "node_modules/@portkey-ai/gateway/build/start-server.js");
  const complete = join(folder, "installed");
  if (!existsSync(complete)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"private":true}\n');
    const options = ["--no-audit", "--no-fund", "--save-exact", "--loglevel=error"];
    execFileSync("npm", ["install", ...options, ...packages], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    writeFileSync(complete, `${packages.join("\n")}\n`);
  }
  return program;
}

/** Headers that make it pass a call on to an OpenAI-compatible upstream. */
export function portkeyHeaders(upstreamBaseUrl: string): Record<string, string> {
  return { "x-portkey-provider": "openai", "x-portkey-custom-host": upstreamBaseUrl };
}
