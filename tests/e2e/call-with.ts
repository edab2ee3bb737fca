/** Makes one small call of the model with a key and gives its status. */
export async function callWith(baseUrl: string, apiKey: string): Promise<number> {
  const answer = await fetch(`${baseUrl}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "moonshot/kimi-k2.6",
      messages: [{ role: "user", content: "What is 1 + 1?" }],
    }),
  });
  await answer.arrayBuffer();
  return answer.status;
}
