import type { ReasoningUIPart } from "ai";
import { isToolPart, type ToolPart } from "#components/tools/call-state.ts";
import { type FilePart, filesOf } from "#lib/chat/attachments/file-part.ts";
import type { Part } from "./chat-message.ts";

export type PartGroup =
  | { kind: "thinking"; key: string; parts: ReasoningUIPart[] }
  | { kind: "text"; key: string; text: string }
  | { kind: "files"; key: string; files: FilePart[] }
  | { kind: "tools"; key: string; parts: ToolPart[] };

/**
 * The parts of a reply as they are shown, in their order: neighbouring thoughts are one trace, neighbouring texts (an answer that
 * was gone on with) one text, neighbouring calls of tools one group, so are files (imported answers have some), empty parts are none.
 */
export function groupParts(parts: readonly Part[]): PartGroup[] {
  const groups: PartGroup[] = [];
  parts.forEach((part, index) => {
    const last = groups.at(-1);
    if (part.type === "reasoning") {
      if (last?.kind === "thinking") last.parts.push(part);
      else groups.push({ kind: "thinking", key: `thinking-${index}`, parts: [part] });
    } else if (part.type === "text") {
      if (last?.kind === "text") last.text += part.text;
      else if (part.text.trim() !== "") groups.push({ kind: "text", key: `text-${index}`, text: part.text });
    } else if (isToolPart(part)) {
      if (last?.kind === "tools") last.parts.push(part);
      else groups.push({ kind: "tools", key: part.toolCallId, parts: [part] });
    } else if (part.type === "file") {
      const files = filesOf([part]);
      if (last?.kind === "files") last.files.push(...files);
      else if (files.length > 0) groups.push({ kind: "files", key: `files-${index}`, files });
    }
  });
  return groups;
}
