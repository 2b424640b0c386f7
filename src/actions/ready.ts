import { findAnswer } from '../store/answers.ts'
import type { Context } from './context.ts'

/** Fails where the database does not answer, or is not migrated. */
export async function proveReady({ db }: Pick<Context, 'db'>): Promise<void> {
  await findAnswer(db.read, '')
}
