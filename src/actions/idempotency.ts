import { createHash } from 'node:crypto'
import { Refusal } from '../domain/refusal.ts'
import { findAnswer, insertAnswer } from '../store/answers.ts'
import { canonical } from '../store/audit-digest.ts'
import type { Database } from '../store/database.ts'
import type { Context } from './context.ts'

/** What went out the first time, to the byte. */
export interface Answer {
  status: number
  body: string
}

export interface OneRequest<T> {
  /** Who asks: user, organisation and role, or 'public'. */
  caller: string
  /** What is asked, with the record it is asked of: 'acceptPlacement /api/v1/placements/0190…/accept'. */
  operation: string
  key: string
  body: unknown
  /** The record that the answer tells of. */
  about?: string | null
  /** Shapes the answer from what the action returns. Pure: it runs inside the transaction, maybe more than once. */
  answer(result: T): Answer
  /** While the same request is still being carried out: refuse (the default), or wait for its answer. */
  whileRunning?: 'refuse' | 'wait'
}

class Replay extends Error {
  override readonly name = 'Replay'
  readonly first: Answer

  constructor(first: Answer) {
    super('This request was answered before.')
    this.first = first
  }
}

const running = new WeakMap<Database, Map<string, Promise<unknown>>>()

/**
 * Carries a request out once, however often it arrives: its answer is written in the transaction of the change itself,
 * and given again to whoever comes with the same key and body. Refusals are not kept.
 * @param act the action, run with the context it is given here
 */
export async function once<T>(
  context: Context,
  request: OneRequest<T>,
  act: (context: Context) => Promise<T>,
): Promise<Answer> {
  const id = digest([request.caller, request.operation, request.key])
  const now = running.get(context.db) ?? new Map<string, Promise<unknown>>()
  running.set(context.db, now)
  for (let other = now.get(id); other; other = now.get(id)) {
    if (request.whileRunning !== 'wait')
      throw new Refusal('still-running', 'This request is still being carried out. Ask again in a moment.')
    await other.catch(() => {})
  }
  const run = runOnce(context, id, request, act)
  now.set(id, run)
  try {
    return await run
  } finally {
    now.delete(id)
  }
}

async function runOnce<T>(
  context: Context,
  id: string,
  request: OneRequest<T>,
  act: (context: Context) => Promise<T>,
): Promise<Answer> {
  const bodyDigest = digest(request.body)
  let first: Answer | undefined
  // The action's own transaction, with the look for an earlier answer before it and the writing of this one after it.
  const write: Database['write'] = (body) => {
    if (first) throw new Error('An action that is carried out once writes once.')
    let answer: Answer | undefined
    const unit = context.db.write(async (tx) => {
      const earlier = await findAnswer(tx, id)
      if (earlier?.bodyDigest === bodyDigest) throw new Replay({ status: earlier.status, body: earlier.body })
      if (earlier) throw new Refusal('key-reused', 'This Idempotency-Key was used with another body. Choose a new key.')
      const result = await body(tx)
      answer = request.answer(result as unknown as T)
      await insertAnswer(tx, { id, bodyDigest, ...answer, about: request.about ?? null, createdAt: context.now() })
      return result
    })
    return unit.then((result) => {
      first = answer
      return result
    })
  }
  try {
    const result = await act({ ...context, db: { ...context.db, write } })
    return first ?? request.answer(result)
  } catch (error) {
    if (error instanceof Replay) return error.first
    throw error
  }
}

function digest(value: unknown): string {
  // Two clients may write the same object in different orders.
  const text = value === undefined ? '' : canonical(value)
  return createHash('sha256').update(text).digest('base64url')
}
