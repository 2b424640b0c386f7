import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../actions/context.ts'
import type { Limits } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { baseOf, type Link, show } from './layout.ts'
import type { Asking, Field, MovePage } from './move-page.ts'

interface Movable {
  id: string
  statusText: string
  allowedActions: string[]
}

/** What the two nouns do differently. */
export interface Noun<View extends Movable> {
  path: 'referrals' | 'placements'
  moves: MovePage<View>[]
  open(context: Context, actor: Actor, id: string): Promise<View>
  limitsOf(context: Context, actor: Actor, view: View): Promise<Limits>
  /** Whether this actor could make the move in any state at all. */
  mayEver(actor: Actor, view: View, verb: string): boolean
  backTo(view: View, base: string): Link
  /** The same with its reference where the person's name was: what a title says stays in the browser's history. */
  nameless(view: View): View
  /** Everything that is possible now, as links. */
  ways(view: View, actor: Actor, base: string): Link[]
  goTo(view: View, verb: string, base: string): string
}

interface Shown {
  values: Values
  faults: FieldFault[]
  status: number
}

/** A choice that the link to this page made already; text is never taken from an address. */
function chosenBefore(request: FastifyRequest, fields: Field[]): Values {
  return Object.fromEntries(
    fields.flatMap(({ name, items, value }) => {
      const asked = queryWord(request.query, name)
      const chosen = items?.some((item) => item.value === asked) ? asked : value
      return chosen === undefined ? [] : [[name, chosen]]
    }),
  )
}

/** What somebody typed into fields of text: shown again where it can no longer be sent. */
function typedIn(fields: Field[], values: Values) {
  return fields
    .filter(({ kind }) => kind === 'text' || kind === 'area')
    .flatMap(({ name, label }) => {
      const typed = text(values, name)
      return typed ? [{ label, text: typed }] : []
    })
}

/** What is wrong with something that this page does not ask for stands with the first thing it does ask for. */
function onThisPage(faults: FieldFault[], fields: Field[]): FieldFault[] {
  const [first] = fields
  return faults.map((fault) =>
    first && fault.field && !fields.some(({ name }) => name === fault.field) ? { ...fault, field: first.name } : fault,
  )
}

export function registerMoves<View extends Movable>(app: App, noun: Noun<View>): void {
  for (const move of noun.moves) {
    const address = `/o/:organisation/${noun.path}/:id/do/${move.verb}`

    app.get(address, atRecord, (request, reply) => page(request, reply, move, request.params.id))

    app.post(address, atRecord, async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const values = valuesOf(request.body)
      const { act, faults } = move.prepare(values)
      const again = (faults: FieldFault[], status: number) => page(request, reply, move, id, { values, faults, status })
      if (!act) return again(faults, 400)
      return carryOut(request, reply, {
        act: (context) => act(context, actor, id),
        goTo: (view) => move.goTo?.(view, actor) ?? noun.goTo(view, move.verb, baseOf(actor)),
        again,
        ...(move.fieldOf ? { fieldOf: move.fieldOf } : {}),
      })
    })
  }

  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    move: MovePage<View>,
    id: string,
    sent?: Shown,
  ): Promise<FastifyReply> {
    const { context } = request
    const actor = actorOf(request)
    const base = baseOf(actor)
    const view = await noun.open(context, actor, id)
    if (!noun.mayEver(actor, view, move.verb))
      throw new Refusal('not-allowed', 'Your role in this organisation does not allow this.')
    const limits = await noun.limitsOf(context, actor, view)
    const it: Asking<View> = { request, actor, view, limits, now: context.now() }
    const fields = (await move.fields?.(it)) ?? []
    const { values, status, ...said } = sent ?? { values: chosenBefore(request, fields), faults: [], status: 200 }
    const faults = onThisPage(said.faults, fields)
    const back = noun.backTo(view, base)
    const isLarge = actor.role === 'provider_worker'
    if (!view.allowedActions.includes(move.verb)) {
      const model = {
        move: move.title(it),
        state: view.statusText,
        ways: noun.ways(view, actor, base),
        typed: typedIn(fields, values),
        isLarge,
      }
      // The page itself says what is possible now, as links: the refusal's own words name doors of the API.
      return show(request, reply, 'not-now', { title: 'Not possible now', back }, model, 409)
    }
    const model = {
      title: move.title(it),
      says: await move.says(it),
      quote: move.quote?.(it) ?? null,
      caution: move.caution ?? null,
      fields,
      button: move.needsFields && fields.length === 0 ? null : move.button,
      form: faultyForm(values, faults),
      action: `${request.url.replace(/\?.*/, '')}${queryWord(request.query, 'from') === 'stuck' ? '?from=stuck' : ''}`,
      back,
      isLarge,
    }
    const title = move.title({ ...it, view: noun.nameless(view) })
    return show(request, reply, 'move', { title, back, faults }, model, status)
  }
}
