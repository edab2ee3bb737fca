import type { Snippet } from "./snippet.ts";

export function webhookSnippets() {
  return {
    "webhook-body": {
      language: "json",
      label: "body",
      code: `{
  "id": "alt_019aa9f2c1d07c3f8a52e1b6c9d4f701",
  "type": "budget.threshold_reached",
  "created_at": "2026-11-26T20:15:00.000Z",
  "data": {
    "account_id": "acc_019aa9e0b7f17d11a0c3d2e4f5a6b7c8",
    "budget": "key",
    "key": { "id": "key_019aa9e3d2c47a908b1f0e2d3c4b5a69", "name": "nightly" },
    "month": "2026-11",
    "threshold_percent": 80,
    "spent_nano_usd": 4000000000,
    "limit_nano_usd": 5000000000,
    "mode": "hard",
    "resets_at": "2026-12-01T00:00:00.000Z"
  }
}`,
    },
    "webhook-verify-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");

function isGenuine(headers, body) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false;
  const expected = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\${body}\`).digest();
  return String(signatures).split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const server = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req.setEncoding("utf8")) body += chunk;
  if (!isGenuine(req.headers, body)) return res.writeHead(401).end();
  console.log(JSON.parse(body).type);
  res.writeHead(204).end();
});
server.listen(process.env.PORT ?? 8080);`,
    },
    "webhook-verify-python": {
      language: "python",
      label: "Python",
      code: `import base64, hashlib, hmac, os, time

key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_genuine(headers, body: bytes) -> bool:
    timestamp = headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    signatures = headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(each.removeprefix("v1,"), expected) for each in signatures)`,
    },
  } satisfies Record<string, Snippet>;
}
