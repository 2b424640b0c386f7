import type { FastifyReply, FastifyRequest } from 'fastify'
import { openGroup } from '../../actions/directory/open-group.ts'
import { openRegister } from '../../actions/placements/open-register.ts'
import { type RegisterLine, recordRegister } from '../../actions/placements/record-register.ts'
import { addDays, type Day, isDay, londonDay } from '../../domain/day.ts'
import { Refusal } from '../../domain/refusal.ts'
import { dayWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { typedDay } from './days.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { lastSession, nextSession, registerRow } from './register-rows.ts'

const REASON_MOST = 300
const LONGEST_BACK_DAYS = 370

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

/** The day that the address names; today or the last session where it names none that can be. */
function dayOf(asked: string | undefined, today: Day, schedule: string): Day {
  const isPossible = asked && isDay(asked) && asked <= today && asked >= addDays(today, -LONGEST_BACK_DAYS)
  return isPossible ? asked : lastSession(schedule, today)
}

async function page(request: FastifyRequest, reply: FastifyReply, groupId: string, sent?: Sent) {
  const { context, query } = request
  const actor = actorOf(request)
  const base = baseOf(actor)
  const today = londonDay(context.now())
  const typed = queryWord(query, 'on')
  // A browser without a calendar sends what was typed.
  const asked = typed && (typedDay(typed, { today, lies: 'behind' }) ?? typed)
  const { schedule } = await openGroup(context, actor, groupId)
  const day = dayOf(asked, today, schedule)
  const { group, people, saved, next, hasMoved } = await readFrom(request, groupId, day)
  const everybody = queryWord(query, 'all') === 'came'
  const rows = people.map((placement) => registerRow(placement, base, day))
  const kept = Object.assign({}, ...rows.map((row) => row.kept)) as Values
  const preset = everybody ? Object.fromEntries(rows.filter(({ isExpected }) => isExpected).map(presetCame)) : {}
  const values = sent ? sent.values : { ...kept, ...preset }
  const address = `${base}/groups/${groupId}/register`
  const after = queryWord(query, 'after')
  const at = (on: Day, more = '') => `${address}?on=${on}${more}`
  const model = {
    form: faultyForm(values, sent?.faults ?? []),
    group: { name: group.name, schedule: group.schedule },
    day,
    dayWords: day === today ? `today, ${dayWords(day)}` : dayWords(day),
    today,
    isToday: day === today,
    expected: rows.filter(({ isExpected }) => isExpected),
    others: rows.filter(({ isExpected }) => !isExpected),
    missedTwice: rows.filter(({ missed, isExpected }) => isExpected && missed >= 2),
    saved: saved.came + saved.missed > 0 ? saved : null,
    isSaved: queryWord(query, 'done') === 'saved' && !sent,
    isSent: Boolean(sent),
    hasMoved,
    isPreset: everybody && !sent,
    links: {
      address,
      action: at(day, after ? `&after=${after}` : ''),
      saved: at(day, `${after ? `&after=${after}` : ''}&done=saved`),
      earlier: at(lastSession(group.schedule, addDays(day, -1))),
      later: day < today ? at(nextSession(group.schedule, day, today)) : null,
      more: next ? at(day, `&after=${next}`) : null,
      beginning: after ? at(day) : null,
      week: `${base}/placements`,
    },
    after: after ?? null,
    owner: actor.userId,
  }
  const frame = {
    title: `Who came to ${group.name}`,
    part: `${base}/placements`,
    back: { href: `${base}/placements`, text: 'This week' },
    faults: sent?.faults ?? [],
    scripts: ['register'],
  }
  return show(request, reply, 'register', frame, model, sent?.status ?? 200)
}

const presetCame = ({ id }: { id: string }): [string, string] => [`came-${id}`, 'yes']

/** A part of the list that is gone is answered with its beginning. */
async function readFrom(request: FastifyRequest, groupId: string, day: Day) {
  const actor = actorOf(request)
  const after = queryWord(request.query, 'after')
  try {
    return { ...(await openRegister(request.context, actor, groupId, { day, after })), hasMoved: false }
  } catch (error) {
    if (!after || !(error instanceof Refusal) || error.kind !== 'invalid') throw error
    return { ...(await openRegister(request.context, actor, groupId, { day })), hasMoved: true }
  }
}

/** What was said of each person; whoever nothing was said of is left out. */
export function linesOf(values: Values): { lines: RegisterLine[]; faults: FieldFault[] } {
  const lines: RegisterLine[] = []
  const faults: FieldFault[] = []
  for (const name of Object.keys(values)) {
    const came = text(values, name)
    if (!name.startsWith('came-') || (came !== 'yes' && came !== 'no')) continue
    const id = name.slice('came-'.length)
    const reason = text(values, `reason-${id}`)
    if (reason && reason.length > REASON_MOST)
      faults.push({ field: `reason-${id}`, text: `Shorten the reason to ${REASON_MOST} characters` })
    lines.push({
      placementId: id,
      attended: came === 'yes',
      late: came === 'yes' && Boolean(values[`late-${id}`]),
      reason,
    })
  }
  if (lines.length === 0) faults.push({ field: '', text: 'Say for at least one person whether they came' })
  return { lines, faults }
}

/** What stands in the way of each person's line, beside that line. */
export function perPersonFaults({ faults }: Refusal): FieldFault[] {
  return faults
    .filter(({ pointer }) => pointer.startsWith('/lines/'))
    .map(({ pointer, detail }) => ({ field: `came-${pointer.slice('/lines/'.length)}`, text: detail }))
}

export function register(app: App): void {
  app.get('/o/:organisation/groups/:id/register', atRecord, (request, reply) => page(request, reply, request.params.id))

  app.post('/o/:organisation/groups/:id/register', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const sessionOn = text(values, 'on') ?? ''
    const after = queryWord(request.query, 'after')
    const { lines, faults } = linesOf(values)
    if (!isDay(sessionOn)) faults.push({ field: '', text: 'Choose the day of the session' })
    if (faults.length > 0) return page(request, reply, id, { values, faults, status: 400 })
    let perPerson: FieldFault[] = []
    return carryOut(request, reply, {
      act: async (context) => {
        try {
          return await recordRegister(context, actor, id, { sessionOn, lines })
        } catch (error) {
          if (error instanceof Refusal) perPerson = perPersonFaults(error)
          throw error
        }
      },
      goTo: () => `${baseOf(actor)}/groups/${id}/register?on=${sessionOn}${after ? `&after=${after}` : ''}&done=saved`,
      again: (refused, status) =>
        page(request, reply, id, { values, faults: perPerson.length > 0 ? perPerson : refused, status }),
    })
  })
}
