import type { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast-store.ts";
import { asProblem, type ChatApi, type ListKey } from "./chat-api.ts";
import {
  changeLists,
  eachList,
  emptyList,
  isFolderId,
  isListKey,
  type Lists,
  listOf,
  refreshed,
  withChat,
  withoutChat,
} from "./chat-lists.ts";
import type { ChatList, ChatListItem } from "./chat-schemas.ts";
import type { SidebarApi } from "./sidebar/sidebar-api.ts";
import type { Folder } from "./sidebar/sidebar-schemas.ts";

/** What the sidebar begins with. */
export interface SidebarContent {
  recent: ChatList;
  pinned: ChatList;
  folders: readonly { id: string; name: string }[];
}

export interface ChatListState {
  lists: Lists;
  folders: readonly Folder[];
}

export interface ChatChange {
  id: string;
  title: string;
  running: boolean;
  /** The chat has become the newest. */
  moved: boolean;
}

type Words = ReturnType<typeof useTranslations<"sidebar.toast">>;
type Filing = { pinned?: boolean; archived?: boolean; folderId?: string | null };

/** The lists of chats as this page sees them: the server's, changed at once by what happens here. */
export class ChatListStore {
  readonly #api: ChatApi & SidebarApi;
  readonly #listeners = new Set<() => void>();
  #state: ChatListState;
  #say: Words;

  constructor(initial: SidebarContent, api: ChatApi & SidebarApi, say: Words) {
    this.#api = api;
    this.#say = say;
    this.#state = {
      lists: { recent: { ...emptyList, ...initial.recent }, pinned: { ...emptyList, ...initial.pinned } },
      folders: initial.folders.flatMap(({ id, name }) => (isFolderId(id) ? [{ id, name }] : [])),
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): ChatListState => this.#state;

  speak(say: Words): void {
    this.#say = say;
  }

  find(chatId: string): ChatListItem | null {
    for (const [, list] of eachList(this.#state.lists)) {
      const chat = list.chats.find((candidate) => candidate.id === chatId);
      if (chat) return chat;
    }
    return null;
  }

  /** Reads folders and the newest page of every list that is loaded; older chats already loaded stay. */
  readonly refresh = async (): Promise<void> => {
    const keys = Object.keys(this.#state.lists).filter(isListKey);
    const [folders, ...lists] = await Promise.all([
      this.#api.folders().catch(() => null),
      ...keys.map((key) => this.#api.list(key, null).catch(() => null)),
    ]);
    const next = { ...this.#state.lists };
    for (const [index, key] of keys.entries()) {
      const fresh = lists[index];
      if (fresh) next[key] = refreshed(next[key] ?? emptyList, fresh);
    }
    this.#set({ lists: next, ...(folders && { folders }) });
  };

  /** Asks which chats run, wherever; reads the lists again when one has begun or ended elsewhere. */
  readonly refreshRunning = async (): Promise<void> => {
    const ids = await this.#api.running().catch(() => null);
    if (!ids) return;
    const running = new Set(ids);
    const known = eachList(this.#state.lists).flatMap(([, list]) => list.chats);
    const changed =
      known.some((chat) => chat.running !== running.has(chat.id)) ||
      ids.some((id) => !known.some((chat) => chat.id === id));
    if (changed) await this.refresh();
  };

  readonly loadMore = async (key: ListKey): Promise<void> => {
    const list = this.#state.lists[key] ?? emptyList;
    if (list.loading || (list.loaded && list.nextCursor === null)) return;
    this.#setList(key, { ...list, loading: true, failed: false });
    try {
      const page = await this.#api.list(key, list.nextCursor);
      const now = this.#state.lists[key] ?? emptyList;
      const known = new Set(now.chats.map((chat) => chat.id));
      const chats = [...now.chats, ...page.chats.filter((chat) => !known.has(chat.id))];
      this.#setList(key, { chats, nextCursor: page.nextCursor, loaded: true, loading: false, failed: false });
    } catch {
      this.#setList(key, { ...(this.#state.lists[key] ?? emptyList), loading: false, failed: true });
    }
  };

  readonly note = ({ id, title, running, moved }: ChatChange): void => {
    const known = this.find(id);
    if (!known && !moved) return;
    const lastMessageAt = moved ? new Date().toISOString() : (known?.lastMessageAt ?? "");
    const filed = { pinned: false, folderId: null, ...known };
    this.#put({
      ...filed,
      archived: moved ? false : (known?.archived ?? false),
      id,
      title,
      running,
      lastMessageAt,
    });
  };

  readonly rename = async (chat: ChatListItem, title: string): Promise<void> => {
    this.#put({ ...chat, title });
    try {
      await this.#api.change(chat.id, { title });
    } catch (error) {
      this.#put(chat);
      this.#fail(this.#say("notRenamed"), error);
    }
  };

  /** Pins, archives or files a chat, at once; it goes back when the server refuses. True when it was taken. */
  readonly file = async (chat: ChatListItem, filing: Filing): Promise<boolean> => {
    this.#put({ ...chat, ...filing });
    try {
      await this.#api.change(chat.id, filing);
      return true;
    } catch (error) {
      this.#put(chat);
      return this.#fail(this.#say("notChanged"), error);
    }
  };

  readonly archive = async (chat: ChatListItem, archived: boolean): Promise<void> => {
    if (!(await this.file(chat, { archived }))) return;
    const undo = {
      label: this.#say("undo"),
      onAct: () => void this.file({ ...chat, archived }, { archived: !archived }),
    };
    toast({ title: this.#say(archived ? "archived" : "unarchived"), description: chat.title, action: undo });
  };

  /** Deletes a chat, says so once the server did, and offers to bring it back. True when it is deleted. */
  readonly remove = async (chat: ChatListItem): Promise<boolean> => {
    try {
      await this.#api.remove(chat.id);
    } catch (error) {
      return this.#fail(this.#say("notDeleted"), error);
    }
    this.#set({ lists: changeLists(this.#state.lists, (list) => withoutChat(list, chat.id)) });
    const undo = { label: this.#say("undo"), onAct: () => void this.#restore(chat) };
    toast({ title: this.#say("deleted"), description: chat.title, action: undo });
    return true;
  };

  /** Null when it was not made. */
  readonly createFolder = async (name: string): Promise<Folder | null> => {
    const folder = await this.#attempt(() => this.#api.createFolder(name));
    if (folder) this.#set({ folders: [...this.#state.folders, folder] });
    return folder;
  };

  readonly renameFolder = async (folder: Folder, name: string): Promise<void> => {
    if (!(await this.#attempt(() => this.#api.renameFolder(folder.id, name).then(() => true)))) return;
    const folders = this.#state.folders.map((one) => (one.id === folder.id ? { ...one, name } : one));
    this.#set({ folders });
  };

  /** Deletes a folder, whose chats go back to the list, and offers to bring it back. */
  readonly removeFolder = async (folder: Folder): Promise<void> => {
    const removed = await this.#attempt(() => this.#api.removeFolder(folder.id).then(() => true));
    if (!removed) return;
    const { [folder.id]: _, ...lists } = this.#state.lists;
    this.#set({ lists, folders: this.#state.folders.filter((one) => one.id !== folder.id) });
    await this.refresh();
    const restore = async () => {
      await this.#attempt(() => this.#api.restoreFolder(folder.id));
      await this.refresh();
    };
    toast({
      title: this.#say("folderDeleted"),
      description: this.#say("folderDeletedWhy"),
      action: { label: this.#say("undo"), onAct: () => void restore() },
    });
  };

  async #restore(chat: ChatListItem): Promise<void> {
    const restored = this.#api.restore(chat.id).then(() => true);
    if (!(await restored.catch((error: unknown) => this.#fail(this.#say("notRestored"), error)))) return;
    this.#put(chat);
    toast({ title: this.#say("restored"), description: chat.title });
  }

  async #attempt<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      this.#fail(this.#say("folderFailed"), error);
      return null;
    }
  }

  #fail(title: string, error: unknown): false {
    toast({ title, description: asProblem(error).message, tone: "danger" });
    return false;
  }

  #put(chat: ChatListItem): void {
    const home = listOf(chat);
    const lists = changeLists(this.#state.lists, (list, key) =>
      key === home || (key === chat.folderId && !chat.archived)
        ? withChat(list, chat)
        : withoutChat(list, chat.id),
    );
    this.#set({ lists });
  }

  #setList(key: ListKey, list: Lists["recent"]): void {
    this.#set({ lists: { ...this.#state.lists, [key]: list } });
  }

  #set(change: Partial<ChatListState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
