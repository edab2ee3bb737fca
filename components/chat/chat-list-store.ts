import { toast } from "#components/ui/toast-store.ts";
import { asProblem, type ChatApi } from "./chat-api.ts";
import type { ChatList, ChatListItem } from "./chat-schemas.ts";

export interface ChatListState {
  chats: readonly ChatListItem[];
  /** Null when the list is complete. */
  nextCursor: string | null;
  loadingMore: boolean;
  /** Loading older chats failed; it is tried again on demand. */
  moreFailed: boolean;
}

export interface ChatChange {
  id: string;
  title: string;
  running: boolean;
  /** The chat has become the newest. */
  moved: boolean;
}

/** The list of chats as this page sees it: the server's, changed at once by what happens here. */
export class ChatListStore {
  readonly #api: ChatApi;
  readonly #listeners = new Set<() => void>();
  #state: ChatListState;

  constructor(initial: ChatList, api: ChatApi) {
    this.#api = api;
    this.#state = { ...initial, loadingMore: false, moreFailed: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): ChatListState => this.#state;

  /** Reads the newest page again; older chats already loaded stay. */
  readonly refresh = async (): Promise<void> => {
    const fresh = await this.#api.list(null).catch(() => null);
    if (!fresh) return;
    const newest = new Set(fresh.chats.map((chat) => chat.id));
    const oldestFresh = fresh.chats.at(-1)?.lastMessageAt ?? "";
    const older = this.#state.chats.filter(
      (chat) => !newest.has(chat.id) && chat.lastMessageAt < oldestFresh,
    );
    this.#set({
      chats: [...fresh.chats, ...older],
      ...(older.length === 0 ? { nextCursor: fresh.nextCursor } : {}),
    });
  };

  readonly loadMore = async (): Promise<void> => {
    const { nextCursor, loadingMore } = this.#state;
    if (nextCursor === null || loadingMore) return;
    this.#set({ loadingMore: true, moreFailed: false });
    try {
      const page = await this.#api.list(nextCursor);
      const known = new Set(this.#state.chats.map((chat) => chat.id));
      this.#set({
        chats: [...this.#state.chats, ...page.chats.filter((chat) => !known.has(chat.id))],
        nextCursor: page.nextCursor,
        loadingMore: false,
      });
    } catch {
      this.#set({ loadingMore: false, moreFailed: true });
    }
  };

  readonly note = ({ id, title, running, moved }: ChatChange): void => {
    const known = this.#state.chats.find((chat) => chat.id === id);
    if (!known && !moved) return;
    const lastMessageAt = moved ? new Date().toISOString() : (known?.lastMessageAt ?? "");
    const changed = { id, title, running, lastMessageAt };
    if (known && !moved) this.#replace(changed);
    else this.#set({ chats: [changed, ...this.#state.chats.filter((chat) => chat.id !== id)] });
  };

  readonly rename = async (chat: ChatListItem, title: string): Promise<void> => {
    this.#replace({ ...chat, title });
    try {
      await this.#api.change(chat.id, { title });
    } catch (error) {
      this.#replace(chat);
      toast({ title: "The chat was not renamed", description: asProblem(error).message, tone: "danger" });
    }
  };

  /** Deletes a chat, says so once the server did, and offers to bring it back. True when it is deleted. */
  readonly remove = async (chat: ChatListItem): Promise<boolean> => {
    try {
      await this.#api.remove(chat.id);
    } catch (error) {
      toast({ title: "The chat was not deleted", description: asProblem(error).message, tone: "danger" });
      return false;
    }
    this.#set({ chats: this.#state.chats.filter((candidate) => candidate.id !== chat.id) });
    const undo = { label: "Undo", onAct: () => void this.#restore(chat) };
    toast({ title: "Chat deleted", description: chat.title, action: undo });
    return true;
  };

  async #restore(chat: ChatListItem): Promise<void> {
    try {
      await this.#api.restore(chat.id);
      const chats = [...this.#state.chats, chat];
      this.#set({ chats: chats.sort((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt)) });
      toast({ title: "Chat restored", description: chat.title });
    } catch (error) {
      toast({ title: "The chat was not restored", description: asProblem(error).message, tone: "danger" });
    }
  }

  #replace(chat: ChatListItem): void {
    this.#set({ chats: this.#state.chats.map((candidate) => (candidate.id === chat.id ? chat : candidate)) });
  }

  #set(change: Partial<ChatListState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
