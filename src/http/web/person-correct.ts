import type { FastifyReply, FastifyRequest } from 'fastify'
import { changePerson } from '../../actions/people/change-person.ts'
import { openPerson, type WholePersonView } from '../../actions/people/open-person.ts'
import { isSameJson } from '../../domain/json.ts'
import { PersonChange } from '../../domain/person-change.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, isTicked, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { livingLines } from './living-words.ts'

const SAFE = ['voicemail', 'text', 'email', 'post'] as const
const TEXTS = ['fullName', 'givenName', 'familyName', 'phone', 'email', 'preferredLanguage', 'practiceOdsCode'] as const

/** Somebody's details as the fields hold them. */
function valuesFor(person: WholePersonView): Values {
  const texts = TEXTS.map((name) => [name, person[name] ?? ''])
  return {
    ...Object.fromEntries(texts),
    lines: (person.addressLines ?? []).join('\n'),
    postcode: person.postcode ?? '',
    communicationNeeds: person.communicationNeeds ?? '',
    safeNote: person.safeContact.note ?? '',
    safe: SAFE.filter((way) => person.safeContact[way]),
    messages: person.messages,
    ...(person.noFixedAddress ? { noFixedAddress: 'yes' } : {}),
    ...(person.interpreter ? { interpreter: 'yes' } : {}),
    ...(person.tellPractice ? {} : { silentPractice: 'yes' }),
  }
}

/** The form as details: what is empty is taken out, an address has lines, a postcode alone has none. */
function detailsFrom(values: Values) {
  const texts = TEXTS.map((name) => [name, text(values, name) ?? null])
  const lines = (text(values, 'lines') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const postcode = text(values, 'postcode') ?? null
  const hasNone = isTicked(values, 'noFixedAddress')
  const note = text(values, 'safeNote')
  const safe = [values.safe ?? []].flat()
  return {
    ...Object.fromEntries(texts),
    fullName: text(values, 'fullName') ?? '',
    ...(lines.length > 0 ? { address: { lines, postcode: postcode ?? '' } } : { address: null, postcode }),
    noFixedAddress: hasNone,
    communicationNeeds: text(values, 'communicationNeeds') ?? null,
    safeContact: {
      ...Object.fromEntries(SAFE.map((way) => [way, safe.includes(way)])),
      ...(note ? { note } : {}),
    },
    interpreter: isTicked(values, 'interpreter'),
    tellPractice: !isTicked(values, 'silentPractice'),
  }
}

/** Only what was changed on the page is sent, so that history says what was corrected and nothing else. */
function changeFrom(values: Values, was: Values) {
  const [now, before] = [detailsFrom(values), detailsFrom(was)] as Record<string, unknown>[]
  const changed = Object.entries(now ?? {}).filter(([name, value]) => !isSameJson(before?.[name], value))
  const messages = text(values, 'messages')
  const reason = text(values, 'reason')
  return {
    ...Object.fromEntries(changed),
    ...(messages && messages !== was.messages && was.messages !== 'died' ? { messages } : {}),
    reason: reason ?? '',
  }
}

const FIELDS: Record<string, string> = { 'address/lines': 'lines', 'address/postcode': 'postcode', safeContact: 'safe' }
function fieldOf(path: string): string {
  const known = Object.keys(FIELDS).find((start) => path.startsWith(start))
  return known ? (FIELDS[known] ?? known) : (path.split('/').at(-1) ?? path)
}

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

async function page(request: FastifyRequest, reply: FastifyReply, id: string, sent?: Sent) {
  const actor = actorOf(request)
  const person = await openPerson(request.context, actor, id)
  const present = valuesFor(person)
  const faults = sent?.faults ?? []
  const referral = queryWord(request.query, 'referral')
  const from = referral && /^[\w-]{1,64}$/.test(referral) ? referral : null
  const base = baseOf(actor)
  const meanwhile =
    sent?.status === 409
      ? Object.keys(present)
          .filter((name) => name in sent.values && !isSameJson(sent.values[name], present[name]))
          .map((name) => ({ name, now: [present[name] ?? ''].flat().join(', ') || 'nothing' }))
      : []
  const model = {
    name: person.fullName,
    version: person.version,
    form: faultyForm(sent ? { ...sent.values } : present, faults),
    meanwhile,
    hasDied: person.messages === 'died',
    living: livingLines(person.livesIn),
    action: `${base}/people/${id}/correct${from ? `?referral=${from}` : ''}`,
  }
  const back = from
    ? { href: `${base}/referrals/${from}`, text: person.fullName }
    : { href: `${base}/board`, text: 'Board' }
  return show(
    request,
    reply,
    'person-correct',
    { title: 'Correct the details', back, faults },
    model,
    sent?.status ?? 200,
  )
}

export function register(app: App): void {
  const address = '/o/:organisation/people/:id/correct'

  app.get(address, atRecord, (request, reply) => page(request, reply, request.params.id))

  app.post(address, atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const { version, ...values } = valuesOf(request.body)
    const was = valuesFor(await openPerson(request.context, actor, id))
    const { data, faults } = parse(PersonChange, changeFrom(values, was), fieldOf)
    if (!data) return page(request, reply, id, { values, faults, status: 400 })
    const referral = queryWord(request.query, 'referral') ?? ''
    const from = /^[\w-]{1,64}$/.test(referral) ? `/referrals/${referral}?done=corrected` : '/board'
    return carryOut(request, reply, {
      act: (context) => changePerson(context, actor, id, Number(version), data),
      goTo: () => `${baseOf(actor)}${from}`,
      again: (faults, status) => page(request, reply, id, { values, faults, status }),
      fieldOf,
    })
  })
}
