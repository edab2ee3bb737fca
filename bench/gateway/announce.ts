import type { Server } from "node:http";

/** Listens on a free port of this machine and prints the address, which the benchmark waits for. */
export function announce(server: Server): void {
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    process.stdout.write(`ready at http://127.0.0.1:${port}\n`);
  });
  process.on("SIGTERM", () => process.exit(0));
}
