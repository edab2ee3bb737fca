import { aiSdkClients } from "./ai-sdk.ts";
import { curlProgram } from "./curl.ts";
import { langchain } from "./langchain.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiResponses } from "./openai-responses.ts";
import type { TestClient } from "./test-client.ts";

export const allClients: readonly TestClient[] = [
  openaiChat,
  openaiResponses,
  ...aiSdkClients,
  langchain,
  curlProgram,
];
