"use client";

import { useMemo } from "react";
import { parseChatDetail } from "./chat-schemas.ts";
import { ChatScreen, type ChatScreenProps } from "./chat-screen.tsx";

export interface OpenedChatProps extends Omit<ChatScreenProps, "initial"> {
  /**
   * The chat in the API's JSON: React takes long to carry many objects to the browser, and no time for one text.
   */
  json: string;
}

/** The screen of a chat that has messages. */
export function OpenedChat({ json, ...rest }: OpenedChatProps) {
  const initial = useMemo(() => parseChatDetail(json), [json]);
  return <ChatScreen initial={initial} {...rest} />;
}
