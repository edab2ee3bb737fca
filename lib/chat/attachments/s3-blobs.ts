import { AwsClient } from "aws4fetch";
import type { S3Settings } from "#lib/ops/file-store-settings.ts";
import type { Blobs } from "./blobs.ts";

const answerMs = 30_000;

/** Blobs as objects of an S3-compatible bucket, addressed by path. */
export function s3Blobs(settings: S3Settings, send: typeof fetch): Blobs {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3" });

  async function call(method: string, key: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    const url = `${endpoint}/${encodeURIComponent(bucket)}/${key}`;
    const request = await client.sign(url, { method, ...(body && { body }) });
    const response = await send(request, { signal: AbortSignal.timeout(answerMs) });
    if (response.ok || response.status === 404) return response;
    const why = (await response.text()).slice(0, 500);
    throw new Error(`The blob store answered ${method} with status ${response.status}: ${why}`);
  }

  return {
    async put(key, bytes) {
      const response = await call("PUT", key, new Uint8Array(bytes));
      if (!response.ok) throw new Error(`The blob store has no bucket "${bucket}".`);
    },
    async get(key) {
      const response = await call("GET", key);
      if (response.status !== 404) return new Uint8Array(await response.arrayBuffer());
      await response.body?.cancel();
      return null;
    },
    async remove(key) {
      await (await call("DELETE", key)).body?.cancel();
    },
  };
}
