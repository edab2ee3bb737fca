import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface ReceivedCall {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface WebhookReceiver {
  url: string;
  calls: ReceivedCall[];
  /** The answers to the next calls, in order; 200 after them. Null breaks the connection off. */
  answerWith(...statuses: (number | null)[]): void;
  close(): Promise<void>;
}

/** A receiver of webhooks that keeps the calls it gets. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = [];
  const answers: (number | null)[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    calls.push({ path: req.url ?? "", headers: req.headers, body: Buffer.concat(chunks).toString("utf8") });
    const status = answers.shift();
    if (status === null) return void req.socket.destroy();
    const code = status ?? 200;
    res.writeHead(code, code >= 300 && code < 400 ? { location: `${url}/elsewhere` } : {});
    res.end(`answered ${code}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The receiver has no port.");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    calls,
    answerWith: (...statuses) => {
      answers.splice(0, answers.length, ...statuses);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether a call was signed with a secret, by the description in the guide and not by our own code. */
export function isSignedWith(secret: string, { headers, body }: ReceivedCall): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", key).update(signed).digest("base64");
  return String(headers["webhook-signature"]).split(" ").includes(`v1,${expected}`);
}
