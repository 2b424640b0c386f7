import { hash, verify } from '@node-rs/argon2'

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 60 ms, off the main thread.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, password)
}

// A hash of nothing anybody can type: an unknown address must take as long to refuse as a wrong password.
let decoy: Promise<string> | undefined

export async function spendTheSameTime(password: string): Promise<void> {
  decoy ??= hashPassword('\u0000')
  await isPassword(password, await decoy)
}
