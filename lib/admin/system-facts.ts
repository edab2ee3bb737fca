export interface SystemFacts {
  database: {
    version: string;
    sizeBytes: number;
    tables: { name: string; sizeBytes: number; rows: number }[];
  };
  migrations: { name: string; appliedAt: Date }[];
  /** Replies being written, and when the oldest of them began. */
  generations: { running: number; oldestAt: Date | null };
  /** Requests admitted and not settled. */
  reservedRequests: number;
  files: { count: number; sizeBytes: number };
  accounts: number;
  /** How far blocks of usage reach. */
  blocksUntil: Date | null;
}
