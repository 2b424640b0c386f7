import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Context } from '../../actions/context.ts'
import type { Limits } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { dueIn } from '../../domain/working-day.ts'
import { dayWords } from '../../templates.ts'
import { type FieldFault, type FieldOf, parse, type Values } from './forms.ts'

export interface Choice {
  value: string
  text: string
  hint?: { text: string }
}

export interface Field {
  kind: 'text' | 'area' | 'radios' | 'select' | 'day' | 'time' | 'tick' | 'ticks' | 'hidden'
  name: string
  label: string
  hint?: string
  items?: Choice[]
  /** What it holds before anybody typed. */
  value?: string | string[]
}

/** What the words and fields of a page are made from. */
export interface Asking<View> {
  request: FastifyRequest
  actor: Actor
  view: View
  limits: Limits
  now: Date
}

/** A move with a short page of its own: what it does, what happens next, a few fields and one button. */
export interface MovePage<View> {
  /** The door in the transition table, and the last part of the address. */
  verb: string
  title(it: Asking<View>): string
  says(it: Asking<View>): string[] | Promise<string[]>
  /** Words of somebody else that this is about, such as the question to answer. */
  quote?(it: Asking<View>): string | undefined
  /** What must not be overlooked, just above the fields. */
  caution?: string
  fields?(it: Asking<View>): Field[] | Promise<Field[]>
  /** Where there is nothing to choose from, there is nothing to send. */
  needsFields?: boolean
  button: string
  fieldOf?: FieldOf
  /** Said on the page that a success leads to. */
  done: string
  /** Where a success leads, if not to the record's own page. */
  goTo?(view: View, actor: Actor): string | undefined
  prepare(values: Values): Prepared<View>
}

type Act<View> = (context: Context, actor: Actor, id: string) => Promise<View>
type Prepared<View> = { act: Act<View>; faults: [] } | { act?: undefined; faults: FieldFault[] }

interface Sending<View, Data> {
  schema: z.ZodType<Data>
  /** The form as the data it stands for. */
  read(values: Values): unknown
  act(context: Context, actor: Actor, id: string, data: Data): Promise<View>
}

/** Ties the fields of one page to its action, so that what is parsed is what is carried out. */
export function movePage<View, Data>({
  schema,
  read,
  act,
  ...page
}: Omit<MovePage<View>, 'prepare'> & Sending<View, Data>): MovePage<View> {
  return {
    ...page,
    prepare(values) {
      const { data, faults } = parse(schema, read(values), page.fieldOf)
      if (data === undefined) return { faults }
      return { act: (context, actor, id) => act(context, actor, id, data), faults: [] }
    },
  }
}

/** The day so many working days from now, in words. */
export function dayAfter({ now }: Pick<Asking<unknown>, 'now'>, workingDays: number): string {
  return dayWords(dueIn(now, workingDays))
}
