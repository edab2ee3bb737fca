import pg from "pg";

const maxMetering = 4;

/**
 * How metering's statements are planned: once a connection, and by indexes. A kept plan stays as it is until the table is analysed; one
 * made while a table was small would read all of it, however large it has become meanwhile.
 */
const meteringPlans = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  // What cannot but read a whole table seems dear to the planner then, and would be compiled for a second.
  jit: "off",
};

function configOf(url: string, max: number, settings: Record<string, string>): pg.PoolConfig {
  // The adapter ignores the offset of a timestamptz: on a server in any other zone every time would be read wrong.
  const all = { timezone: "UTC", ...settings };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
  return { connectionString: url, max, idleTimeoutMillis: 60_000, options: options.join(" ") };
}

/** A pool, with connections of their own for metering where each has a session of its own; they end with it. */
export class Pools extends pg.Pool {
  readonly metering: pg.Pool;

  constructor(url: string, max: number, ownSessions: boolean) {
    super(configOf(url, max, {}));
    this.metering = ownSessions
      ? new pg.Pool(configOf(url, Math.min(max, maxMetering), meteringPlans))
      : this;
    // A connection that breaks while nobody uses it is replaced; the next one who needs it is told if that fails too.
    for (const pool of new Set([this, this.metering])) pool.on("error", () => undefined);
  }

  override async end(): Promise<void> {
    if (this.metering !== this) await this.metering.end();
    await super.end();
  }
}
