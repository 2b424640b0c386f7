import type { FastifyReply, FastifyRequest } from 'fastify'
import { upTo } from '../../domain/plain-text.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Language } from '../../words/language.ts'
import { answerable, type FieldFault, type FieldOf, faultsOf, statusOf, text, type Values, valuesOf } from './forms.ts'

/** Somebody at the page of a signed link. */
export interface Visit {
  request: FastifyRequest
  reply: FastifyReply
  token: string
  /** In which it is read; only persons' own links have another one than English. */
  tongue: Language
}

/** A form that was sent and is shown again, with what is wrong with it. */
export interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

export interface Sending extends Visit {
  values: Values
}

export interface Act {
  /** Carries it out, and answers with the page or leads to it. */
  take(it: Sending): Promise<unknown>
  /** The page with the form, where something is wrong with what was sent. */
  again(it: Visit, sent: Sent): Promise<unknown>
  fieldOf?: FieldOf
}

/** What stands behind the links of one kind: a page, and what its forms do, by the name of their button. */
export interface Door {
  page(it: Visit): Promise<unknown>
  acts: Record<string, Act>
}

/** Carries out the form that was sent; a no is said on the page it came from, with what was typed. */
export async function actOf({ acts }: Door, visit: Visit): Promise<unknown> {
  const values = valuesOf(visit.request.body)
  const act = Object.hasOwn(acts, text(values, 'do') ?? '') ? acts[text(values, 'do') ?? ''] : undefined
  if (!act) throw new Refusal('invalid-input', 'Use the buttons on the page.')
  try {
    return await act.take({ ...visit, values })
  } catch (error) {
    if (error instanceof Faulty) return act.again(visit, { values, faults: error.faults, status: 400 })
    const refusal = answerable(error)
    return act.again(visit, { values, faults: faultsOf(refusal, act.fieldOf), status: statusOf(refusal) })
  }
}

/** Something is wrong with what was typed, in the page's own fields. */
export class Faulty extends Error {
  override name = 'Faulty'
  readonly faults: FieldFault[]

  constructor(faults: FieldFault[]) {
    super('The form has faults.')
    this.faults = faults
  }
}

type Parsed<T> = { data: T; faults: [] } | { data?: undefined; faults: FieldFault[] }

/** What was parsed, or its faults for the form. */
export function sound<T>(parsed: Parsed<T>): T {
  if (parsed.data === undefined) throw new Faulty(parsed.faults)
  return parsed.data
}

const NAME_MOST = 40

/** The first name that somebody may say; what is too long for one is cut. */
export function firstNameOf(values: Values): string | undefined {
  const said = text(values, 'firstName')?.replace(/\s+/g, ' ')
  return said && upTo(said, NAME_MOST)
}

/** Back to the page of the link, with what was done. */
export function done({ reply, token, tongue }: Visit, what: string): FastifyReply {
  return reply.redirect(`${tongue.prefix}/l/${token}?done=${what}`, 303)
}
