import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StatusShown } from '../../actions/self/look-up-status.ts'
import { readHelpline } from '../../actions/self/read-helpline.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { Refusal } from '../../domain/refusal.ts'
import { bornOn } from '../../domain/self-referral.ts'
import { STATUS_STEPS } from '../../domain/status-step.ts'
import { dayIn } from '../../words/days.ts'
import { ENGLISH } from '../../words/files.ts'
import { type Language, languagesOn } from '../../words/language.ts'
import type { App } from '../site.ts'
import { inPublic } from './addresses.ts'
import { answerable, type FieldFault, text, type Values, valuesOf } from './forms.ts'
import { chosenInstead } from './language-choice.ts'
import { publicForm, ringModel, showPublic } from './public-page.ts'

/** The pages of one language. What is looked up is sent, never part of an address. */
function pagesIn(app: App, tongue: Language): void {
  const path = `${tongue.prefix}/where`
  const { say } = tongue
  const frame = (title: string, faults: FieldFault[] = []) => ({ tongue, title, back: null, leave: null, faults })

  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    values: Values = {},
    faults: FieldFault[] = [],
    status?: number,
  ) {
    const title = say('where.title')
    const page = { ...frame(title, faults), isOpen: faults.length === 0 }
    const ring = ringModel(tongue, await readHelpline(request.context))
    const model = { title, form: publicForm(tongue, values, faults), action: path, ring }
    return showPublic(request, reply, 'where', page, model, status)
  }

  app.get(path, inPublic, (request, reply) => {
    const elsewhere = tongue.code === ENGLISH && chosenInstead(request, path)
    return elsewhere ? reply.header('cache-control', 'no-store').redirect(elsewhere, 302) : ask(request, reply)
  })

  app.post(path, inPublic, async (request, reply) => {
    const values = valuesOf(request.body)
    const reference = text(values, 'reference') ?? ''
    const born = bornOn(values)
    const faults = [
      ...(normaliseReference(reference) ? [] : [{ field: 'reference', text: say('where.reference.wrong') }]),
      ...(born ? [] : [{ field: 'born-day', text: say('self.born.wrong') }]),
    ]
    if (faults.length > 0 || !born) return ask(request, reply, values, faults)
    try {
      const found = await app.tryToLookUp(request, { reference, dateOfBirth: born })
      const model = { reference: normaliseReference(reference), ...shown(tongue, found), again: path }
      return showPublic(request, reply, 'where-shown', frame(say('where.shown.title')), model)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not-found')
        return ask(request, reply, values, [{ field: 'reference', text: say('where.mismatch') }], 404)
      if (error instanceof Refusal && error.code === 'too-many-requests')
        return ask(request, reply, values, [{ field: 'reference', text: say('where.tooMany') }], 429)
      throw answerable(error)
    }
  })
}

/** The steps as stones, today's marked, and what happens next in the person's words. */
function shown(tongue: Language, { step, service, phone, next }: StatusShown) {
  const { say } = tongue
  const now = STATUS_STEPS.indexOf(step)
  return {
    isClosed: step === 'closed',
    stones: STATUS_STEPS.filter((one) => one !== 'closed').map((one, index) => ({
      text: say(`where.step.${one}`),
      isDone: index < now,
      isNow: index === now,
    })),
    who: say(`where.who.${next?.owner ?? 'closed'}`, { service }),
    next: next ? say(`where.next.${next.what}`) : say('where.next.closed'),
    by: next && say('where.by', { day: dayIn(tongue, next.due) }),
    contact: say('where.contact', { service }),
    ring: ringModel(tongue, phone ? { service, phone } : null),
  }
}

export function register(app: App): void {
  for (const tongue of languagesOn({ withDrafts: app.site.isDemo })) pagesIn(app, tongue)
}
