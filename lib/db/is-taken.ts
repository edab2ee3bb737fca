import { Prisma } from "./generated/client.ts";

/** Whether a statement failed because a row with its unique values is there already. Of a raw one the client tells the database's own code. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || JSON.stringify(error.meta ?? {}).includes("23505");
}
