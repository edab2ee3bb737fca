import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

const createdSchema = z.object({ key: z.object({ name: z.string() }), apiKey: z.string() });

/** Makes a key; its secret comes back this once. */
export function createKey(name: string): Promise<ApiAnswer<z.infer<typeof createdSchema>>> {
  return callApi("POST", "/api/keys", { name }, (json) => createdSchema.parse(json));
}

export function revokeKey(id: string): Promise<ApiAnswer<null>> {
  return callApi("DELETE", `/api/keys/${encodeURIComponent(id)}`, undefined, () => null);
}
