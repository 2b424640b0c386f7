import { changeGroup, confirmCapacity } from '../../actions/directory/change-group.ts'
import { readPlacesLink, takeUpGroup } from '../../actions/links/group-link.ts'
import { londonDay } from '../../domain/day.ts'
import { dayWords } from '../../templates.ts'
import { doneIn } from './addresses.ts'
import { faultyForm, parse } from './forms.ts'
import { show } from './layout.ts'
import { type Act, done, firstNameOf, type Sending, type Sent, sound, type Visit } from './link-visit.ts'
import { toldWords } from './link-words.ts'
import { chairs } from './pictures.ts'
import { changeOf, knownWords, PAUSES, PlacesChange } from './places.ts'
import { roomWords } from './places-words.ts'

const DONE: Record<string, string> = {
  saved: 'Saved. Navigators see it now.',
  confirmed: 'Saved: still right. We ask again in two weeks.',
  paused: 'Paused. Nobody new is sent to this group until it opens again.',
  opened: 'The group takes new people again.',
}

/** The places of one group: still right, another number, a break. */
export async function placesLinkPage({ request, reply, token }: Visit, sent?: Sent): Promise<unknown> {
  const link = await readPlacesLink(request.context, token)
  const { group, hasEnded, moves } = link
  const today = londonDay(request.context.now())
  const values = sent?.values ?? {}
  const faults = sent?.faults ?? []
  const done = doneIn(request.query, DONE)
  const model = {
    ...link,
    action: `/l/${token}`,
    room: roomWords(group),
    people: group.taken + group.held,
    chairs: chairs(group),
    known: knownWords(group, today),
    isPaused: !group.intake.isOpen,
    reopens: group.intake.reopensOn ? dayWords(group.intake.reopensOn) : null,
    pauses: PAUSES,
    told: moves.slice(0, 1).map(toldWords),
    signIn: `/o/${link.provider.slug}/places`,
    volunteersHref: `/o/${link.provider.slug}/groups/${group.id}/volunteers`,
    mayAct: !hasEnded && !link.isCancelled,
    form: faultyForm({ places: String(group.places ?? ''), ...values }, faults),
  }
  const title = `Are the places of ${group.name} still right?`
  const status = sent?.status ?? (hasEnded || link.isCancelled ? 410 : 200)
  return show(request, reply, 'link-places', { title, faults, done }, { ...model, title }, status)
}

const holding = ({ request, token, values }: Sending) =>
  takeUpGroup(request.context, token, 'places', firstNameOf(values))

const confirm: Act = {
  async take(it) {
    const { holder, groupId } = await holding(it)
    await confirmCapacity(it.request.context, holder, groupId)
    return done(it, 'confirmed')
  },
  again: placesLinkPage,
}

/** Another number of places, a pause, or its end: each form sends what it changes, with the version that it was made from. */
const change: Act = {
  async take(it) {
    const { context } = it.request
    const { version, places, intake } = sound(parse(PlacesChange, changeOf(it.values, londonDay(context.now()))))
    const { holder, groupId } = await holding(it)
    await changeGroup(context, holder, groupId, version, { places, intake })
    return done(it, intake ? (intake.paused ? 'paused' : 'opened') : 'saved')
  },
  again: placesLinkPage,
}

export const placesActs: Record<string, Act> = { confirm, change }
