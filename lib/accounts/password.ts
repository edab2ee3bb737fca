import { hash, type Options, verify } from "@node-rs/argon2";

/** Argon2id (the library's default) with OWASP's parameters: 19 MiB, 2 passes, 1 lane. */
export const hashParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options;

/** The hash of 32 random bytes nobody kept, made with the same parameters: no password fits it. */
export const dummyHash =
  "$argon2id$v=19$m=19456,t=2,p=1$I0S+f5pVtBMMjWMKxs9/ew$qCG/19W8qjU3j86eCPF/wi0B7I2ng/jY/hkbE8BqJlU";

type VerifyHash = (hashed: string, password: string) => Promise<boolean>;

// The same characters typed on another keyboard may arrive as other code points.
const normalized = (password: string) => password.normalize("NFKC");

export function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), hashParameters);
}

/**
 * Whether `password` fits `storedHash`. Without a stored hash (unknown account) one verification is done all the same,
 * so that the time of the answer does not tell which e-mails have an account.
 */
export async function verifyPassword(
  storedHash: string | null,
  password: string,
  verifyHash: VerifyHash = verify,
): Promise<boolean> {
  const fits = await verifyHash(storedHash ?? dummyHash, normalized(password));
  return fits && storedHash !== null;
}
