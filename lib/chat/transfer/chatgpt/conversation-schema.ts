import { z } from "zod";

// The shape of ChatGPT's data export, as OpenAI writes it since 2023; it is documented nowhere. What is not needed is left loose.

const text = z.string().nullish().catch(null);
const seconds = z.number().nullish().catch(null);

const messageSchema = z.object({
  author: z.object({ role: z.string(), name: text }),
  create_time: seconds,
  recipient: text,
  content: z.looseObject({ content_type: z.string() }),
  metadata: z
    .looseObject({
      is_visually_hidden_from_conversation: z.boolean().nullish().catch(null),
      finished_duration_sec: seconds,
      attachments: z
        .array(z.object({ id: z.string(), name: text }))
        .nullish()
        .catch(null),
      content_references: z
        .array(z.looseObject({ matched_text: text, alt: text }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

const nodeSchema = z.object({
  message: messageSchema.nullish(),
  parent: z.string().nullish(),
  children: z.array(z.string()).nullish(),
});

export const conversationSchema = z.object({
  id: text,
  conversation_id: text,
  title: text,
  create_time: seconds,
  update_time: seconds,
  current_node: text,
  is_archived: z.boolean().nullish().catch(null),
  mapping: z.record(z.string(), nodeSchema),
});

export type GptConversation = z.infer<typeof conversationSchema>;
export type GptNode = z.infer<typeof nodeSchema>;
export type GptMessage = z.infer<typeof messageSchema>;
