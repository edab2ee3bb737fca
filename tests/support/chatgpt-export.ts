interface Variant {
  title?: string;
  text?: string;
  /** The person's message has a picture with this id. */
  picture?: string;
  /** The chat has another turn, as in a later export. */
  goesOn?: boolean;
}

function message(role: string, text: string, at: number, picture?: string) {
  const pointer = { content_type: "image_asset_pointer", asset_pointer: `file-service://${picture}` };
  return {
    author: { role, name: null, metadata: {} },
    create_time: at,
    content: picture
      ? { content_type: "multimodal_text", parts: [pointer, text] }
      : { content_type: "text", parts: [text] },
    recipient: "all",
    metadata: {},
  };
}

/** A conversation as ChatGPT exports it: a question with two answers, the first of which is shown. */
export function chatGptConversation(id: string, { title, text, picture, goesOn }: Variant = {}) {
  const at = 1_700_000_000;
  return {
    title: title ?? `Talk ${id}`,
    create_time: at,
    update_time: at + 900,
    conversation_id: `conv-${id}`,
    current_node: goesOn ? "a3" : "a1",
    mapping: {
      root: { id: "root", message: null, parent: null, children: ["u1"] },
      u1: {
        id: "u1",
        message: message("user", text ?? "Which river?", at + 1, picture),
        parent: "root",
        children: ["a1", "a2"],
      },
      a1: {
        id: "a1",
        message: message("assistant", "First answer", at + 2),
        parent: "u1",
        children: goesOn ? ["u3"] : [],
      },
      a2: { id: "a2", message: message("assistant", "Second answer", at + 3), parent: "u1", children: [] },
      ...(goesOn && {
        u3: { id: "u3", message: message("user", "And?", at + 4), parent: "a1", children: ["a3"] },
        a3: { id: "a3", message: message("assistant", "Last answer", at + 5), parent: "u3", children: [] },
      }),
    },
  };
}
