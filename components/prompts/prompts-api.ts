import * as z from "zod/mini";
import { type ApiAnswer, callApi } from "#components/forms/call-api.ts";

const promptSchema = z.object({ id: z.string(), name: z.string(), text: z.string() });

export type Prompt = z.infer<typeof promptSchema>;
export type PromptEntry = Omit<Prompt, "id">;

const pathOf = (promptId: string) => `/api/prompts/${encodeURIComponent(promptId)}`;

/** The person's prompts by HTTP. */
export const promptsApi = {
  list(): Promise<ApiAnswer<Prompt[]>> {
    return callApi(
      "GET",
      "/api/prompts",
      undefined,
      (json) => z.object({ prompts: z.array(promptSchema) }).parse(json).prompts,
    );
  },
  create(entry: PromptEntry): Promise<ApiAnswer<null>> {
    return callApi("POST", "/api/prompts", entry, () => null);
  },
  change(id: string, entry: PromptEntry): Promise<ApiAnswer<null>> {
    return callApi("PATCH", pathOf(id), entry, () => null);
  },
  remove(id: string): Promise<ApiAnswer<null>> {
    return callApi("DELETE", pathOf(id), undefined, () => null);
  },
};
