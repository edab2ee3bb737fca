import { call, readAs } from "../chat-api.ts";
import type { Folder, SearchResults } from "./sidebar-schemas.ts";

// Fetched with the first call, so that the page begins without zod.
const loadSchemas = () => import("./sidebar-schemas.ts");

const pathOf = (folderId: string) => `/api/folders/${encodeURIComponent(folderId)}`;

/** Folders, search and what runs, by HTTP. Every call throws a `ChatProblem` when it does not succeed. */
export const sidebarApi = {
  async folders(): Promise<Folder[]> {
    return (await readAs(await call("/api/folders", "GET"), async () => (await loadSchemas()).foldersSchema))
      .folders;
  },
  async createFolder(name: string): Promise<Folder> {
    return (
      await readAs(
        await call("/api/folders", "POST", { name }),
        async () => (await loadSchemas()).folderAnswerSchema,
      )
    ).folder;
  },
  async renameFolder(folderId: string, name: string): Promise<void> {
    await call(pathOf(folderId), "PATCH", { name });
  },
  async removeFolder(folderId: string): Promise<void> {
    await call(pathOf(folderId), "DELETE");
  },
  async restoreFolder(folderId: string): Promise<void> {
    await call(`${pathOf(folderId)}/restore`, "POST", {});
  },
  /** The ids of the chats in which a reply is being written. */
  async running(): Promise<string[]> {
    return (
      await readAs(await call("/api/chats/running", "GET"), async () => (await loadSchemas()).runningSchema)
    ).chatIds;
  },
  /** Titles, then messages, with all words of the query; a page with few hits may have a next one. */
  async search(query: string, cursor: string | null): Promise<SearchResults> {
    const params = new URLSearchParams({ q: query });
    if (cursor !== null) params.set("cursor", cursor);
    return readAs(await call(`/api/search?${params}`, "GET"), async () => (await loadSchemas()).searchSchema);
  },
};

export type SidebarApi = typeof sidebarApi;
