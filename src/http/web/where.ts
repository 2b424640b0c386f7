import type { FastifyReply, FastifyRequest } from 'fastify'
import { askForOwnPage } from '../../actions/own/ask-for-help.ts'
import { readHelpline } from '../../actions/self/read-helpline.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { Refusal } from '../../domain/refusal.ts'
import { bornOn } from '../../domain/self-referral.ts'
import { ENGLISH } from '../../words/files.ts'
import { type Language, languagesOn } from '../../words/language.ts'
import type { App } from '../site.ts'
import { inPublic } from './addresses.ts'
import { answerable, type FieldFault, text, type Values, valuesOf } from './forms.ts'
import { chosenInstead } from './language-choice.ts'
import { publicForm, ringModel, showPublic } from './public-page.ts'
import { statusModel } from './status-model.ts'

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
      const model = {
        reference: normaliseReference(reference),
        ...statusModel(tongue, found),
        ask: `${path}/ask`,
        values,
      }
      return showPublic(request, reply, 'where-shown', frame(say('where.shown.title')), model)
    } catch (error) {
      return refused(request, reply, values, error)
    }
  })

  function refused(request: FastifyRequest, reply: FastifyReply, values: Values, error: unknown) {
    if (error instanceof Refusal && error.code === 'not-found')
      return ask(request, reply, values, [{ field: 'reference', text: say('where.mismatch') }], 404)
    if (error instanceof Refusal && error.code === 'too-many-requests')
      return ask(request, reply, values, [{ field: 'reference', text: say('where.tooMany') }], 429)
    throw answerable(error)
  }

  // In another language, or again: what was asked for is not asked for twice by it.
  app.get(`${path}/ask`, inPublic, (_, reply) => reply.redirect(path, 302))

  // Whoever knows a reference and a birthday may ask for a way to change something; it goes to the person, never to them.
  app.post(`${path}/ask`, inPublic, async (request, reply) => {
    const values = valuesOf(request.body)
    const reference = text(values, 'reference') ?? ''
    const born = bornOn(values)
    if (!born) return ask(request, reply, values, [{ field: 'born-day', text: say('self.born.wrong') }])
    const way = text(values, 'way') === 'call' ? 'call' : 'link'
    try {
      await app.tryToLookUp(request, { reference, dateOfBirth: born })
      await askForOwnPage(request.context, { reference, dateOfBirth: born, way })
    } catch (error) {
      return refused(request, reply, values, error)
    }
    const title = say('where.asked.title')
    return showPublic(request, reply, 'where-asked', frame(title), { title, text: say(`where.asked.${way}`) })
  })
}

export function register(app: App): void {
  for (const tongue of languagesOn({ withDrafts: app.site.isDemo })) pagesIn(app, tongue)
}
