// Runs on the machine's own Node (20 or later) before any package is installed: built-in modules only.
import { existsSync } from "node:fs";
import { runStep, StepFailed } from "./step.mjs";

/**
 * Installs a Debian package where it is missing and may be installed.
 * Throws StepFailed where it may not: `whatFor` needs it.
 */
export async function ensureDebianPackage(name, isThere, whatFor) {
  if (isThere()) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new StepFailed(
      `${whatFor} needs ${name}: install it (on Debian: sudo apt-get install ${name}) and try again.`,
    );
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runStep("Updating the package lists", "apt-get", ["update", "-qq"], { env });
  await runStep(`Installing ${name}`, "apt-get", ["install", "-y", "-qq", name], { env });
}
