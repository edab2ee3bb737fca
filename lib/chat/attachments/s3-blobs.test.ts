import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { s3Blobs } from "./s3-blobs.ts";

const settings = {
  endpoint: "https://store.example",
  bucket: "files",
  region: "eu-central-1",
  accessKeyId: "AKID",
  secretAccessKey: "secret",
};

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

/** Signature version 4, worked out anew from what arrived. */
function signatureOf(request: Request, signedHeaders: string[]): string {
  const date = request.headers.get("x-amz-date") ?? "";
  const day = date.slice(0, 8);
  const url = new URL(request.url);
  const headers = signedHeaders.map(
    (name) => `${name}:${name === "host" ? url.host : request.headers.get(name)}\n`,
  );
  const hash = request.headers.get("x-amz-content-sha256") ?? "";
  const canonical = [request.method, url.pathname, "", headers.join(""), signedHeaders.join(";"), hash];
  const scope = `${day}/${settings.region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical.join("\n"))].join("\n");
  const key = [settings.region, "s3", "aws4_request"].reduce<Buffer>(
    (inner, part) => hmac(inner, part),
    hmac(`AWS4${settings.secretAccessKey}`, day),
  );
  return hmac(key, toSign).toString("hex");
}

/** A bucket that takes only what is signed with the secret. */
function bucket(objects: Map<string, Uint8Array<ArrayBuffer>>): typeof fetch {
  return async (input) => {
    if (!(input instanceof Request)) throw new Error("It is called with a request.");
    const authorization = input.headers.get("authorization") ?? "";
    const [, signed = "", signature] = /SignedHeaders=([^,]+), Signature=(\w+)/.exec(authorization) ?? [];
    if (signatureOf(input, signed.split(";")) !== signature)
      return new Response("bad signature", { status: 403 });
    const { pathname } = new URL(input.url);
    if (input.method === "PUT") objects.set(pathname, new Uint8Array(await input.arrayBuffer()));
    if (input.method === "DELETE") objects.delete(pathname);
    const found = objects.get(pathname);
    return found ? new Response(found) : new Response(null, { status: input.method === "GET" ? 404 : 204 });
  };
}

test("objects are put, read and removed under their key in the bucket, each call signed", async () => {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  const blobs = s3Blobs(settings, bucket(objects));
  const key = `acc_1/${"a".repeat(64)}`;
  expect(await blobs.get(key)).toBeNull();
  await blobs.put(key, new Uint8Array([1, 2, 3]));
  expect([...objects.keys()]).toEqual([`/files/${key}`]);
  expect(await blobs.get(key)).toEqual(new Uint8Array([1, 2, 3]));
  await blobs.remove(key);
  expect(await blobs.get(key)).toBeNull();
});

test("a store that refuses is a failure that names its status, never an absent file", async () => {
  const blobs = s3Blobs({ ...settings, secretAccessKey: "another" }, bucket(new Map()));
  await expect(blobs.get("acc_1/x")).rejects.toThrow(/status 403: bad signature/);
});
