import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { isTaken } from "#lib/db/is-taken.ts";
import type { ModelPrices } from "#lib/models/model.ts";
import type { PricePeriod } from "#lib/models/price-periods.ts";
import { newId } from "#lib/ops/ids.ts";
import { priceLeadMs } from "../price-book.ts";

export interface StoredPrice extends PricePeriod {
  id: string;
  createdAt: Date;
  /** The account of the admin who set it. */
  createdBy: string;
}

/** All prices that were ever set, the latest first. */
export async function listPrices(db: Db): Promise<StoredPrice[]> {
  const rows = await db.modelPrice.findMany({ orderBy: [{ effectiveAt: "desc" }, { id: "desc" }] });
  return rows.map(({ inputNanoUsd, cachedInputNanoUsd, outputNanoUsd, ...row }) => ({
    ...row,
    prices: { inputNanoUsd, cachedInputNanoUsd, outputNanoUsd },
  }));
}

export interface NewPrice {
  model: string;
  prices: ModelPrices;
  /** Null for as soon as every process knows it. */
  effectiveAt: Date | null;
}

/** Who sets a price, and from where. */
interface Actor {
  id: string;
  address: string;
}

export type SetPrice = { ok: true; effectiveAt: Date } | { ok: false; reason: "too_soon" | "taken" };

const lead = Prisma.sql`${priceLeadMs}::float8 * interval '1 millisecond'`;

/** Sets prices from a moment on, by the database's clock. Nothing is set for the past. */
export async function setPrice(db: Db, actor: Actor, price: NewPrice): Promise<SetPrice> {
  const { model, prices } = price;
  const id = newId("prc");
  try {
    return await db.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ effectiveAt: Date }[]>`
        INSERT INTO model_prices (id, model, input_nano_usd, cached_input_nano_usd, output_nano_usd, effective_at, created_by)
        SELECT ${id}, ${model}, ${prices.inputNanoUsd}, ${prices.cachedInputNanoUsd}, ${prices.outputNanoUsd}, at, ${actor.id}
        FROM (SELECT clock_timestamp() AS clock) AS now_is, LATERAL (SELECT coalesce(${price.effectiveAt}::timestamptz,
          date_trunc('milliseconds', clock + ${lead} + interval '1 millisecond')) AS at) AS asked
        WHERE at >= clock + ${lead}
        RETURNING effective_at AS "effectiveAt"`;
      if (!row) return { ok: false, reason: "too_soon" };
      await recordAudit(tx, {
        actorId: actor.id,
        action: "price.set",
        targetId: id,
        after: { model, ...prices, effectiveAt: row.effectiveAt.toISOString() },
        address: actor.address,
      });
      return { ok: true, effectiveAt: row.effectiveAt };
    });
  } catch (error) {
    if (isTaken(error)) return { ok: false, reason: "taken" };
    throw error;
  }
}

/** Takes prices back that are not in force yet; false when there are none such, or no process could learn of it in time. */
export async function withdrawPrice(db: Db, actor: Actor, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ model: string; effectiveAt: Date }[]>`
      DELETE FROM model_prices WHERE id = ${id} AND effective_at >= clock_timestamp() + ${lead}
      RETURNING model, effective_at AS "effectiveAt"`;
    const [row] = rows;
    if (!row) return false;
    await recordAudit(tx, {
      actorId: actor.id,
      action: "price.withdrawn",
      targetId: id,
      before: { model: row.model, effectiveAt: row.effectiveAt.toISOString() },
      address: actor.address,
    });
    return true;
  });
}
