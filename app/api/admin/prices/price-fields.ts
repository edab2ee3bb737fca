import { z } from "zod";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { getModel } from "#lib/models/catalog.ts";
import type { NewPrice } from "#lib/usage/store/prices.ts";

const bodySchema = z.strictObject({
  model: z.string(),
  input: z.string(),
  cachedInput: z.string(),
  output: z.string(),
  effectiveAt: z.string(),
});

const shape = /^\$?\s*(\d{1,6})(?:\.(\d{1,3}))?$/;
const sentence =
  "Give dollars per million tokens with three decimals at most, such as 0.95: a token costs whole nano-dollars.";

/** Dollars per million tokens as nano-USD a token, which they are to the third decimal; null for anything else. */
export function parsePerMillion(text: string): number | null {
  const [, whole, fraction = ""] = shape.exec(text.trim()) ?? [];
  return whole === undefined ? null : Number(whole + fraction.padEnd(3, "0"));
}

/**
 * New prices as the page sends them; `effectiveAt` is a time in UTC such as `2026-12-01T00:00`, or empty for at once.
 * @throws InvalidFields, ApiError `invalid_request`
 */
export async function readNewPrice(request: Request): Promise<NewPrice> {
  const body = await readJson(request, bodySchema);
  const faults: Record<string, string> = {};
  const perMillion = (name: "input" | "cachedInput" | "output") => {
    const nanoUsd = parsePerMillion(body[name]);
    if (nanoUsd === null) faults[name] = sentence;
    return nanoUsd ?? 0;
  };
  const prices = {
    inputNanoUsd: perMillion("input"),
    cachedInputNanoUsd: perMillion("cachedInput"),
    outputNanoUsd: perMillion("output"),
  };
  if (prices.cachedInputNanoUsd > prices.inputNanoUsd) {
    faults.cachedInput ??= "Cached input cannot cost more than input.";
  }
  if (!getModel(body.model)) faults.model = "Choose a model of this installation.";
  const effectiveAt = body.effectiveAt.trim() === "" ? null : parseUtc(body.effectiveAt.trim());
  if (effectiveAt === undefined) faults.effectiveAt = "Give a date and time in UTC.";
  if (Object.keys(faults).length > 0 || effectiveAt === undefined) throw new InvalidFields(faults);
  return { model: body.model, prices, effectiveAt };
}

function parseUtc(text: string): Date | undefined {
  const parsed = z.iso.datetime({ local: true }).safeParse(text);
  return parsed.success ? new Date(`${parsed.data}Z`) : undefined;
}
