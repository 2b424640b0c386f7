import { createHmac } from 'node:crypto'
import { deriveKey } from '../../src/config.ts'
import { TEST_SETTINGS } from './app.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as somebody might forge it, signed with the real key unless another is given. */
export function forge(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  { key = deriveKey(TEST_SETTINGS.SECRET, 'tokens'), hash = 'sha256' }: { key?: Buffer | null; hash?: string } = {},
): string {
  const head = part({ alg: 'HS256', typ: 'at+jwt', ...header })
  const body = part(claims)
  const signature = key === null ? '' : createHmac(hash, key).update(`${head}.${body}`).digest('base64url')
  return `${head}.${body}.${signature}`
}
