import type { FastifyReply, FastifyRequest } from 'fastify'
import { listQuestions, recordFacts } from '../../actions/people/record-facts.ts'
import { RULE_WORDS } from '../../domain/eligibility-words.ts'
import type { AskedAnswer } from '../../domain/known-facts.ts'
import { withAnd } from '../../domain/phrases.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

const MOST_NAMED = 3

function whose(projects: string[]): string {
  const others = projects.length - MOST_NAMED
  return others > 0 ? `${projects.slice(0, MOST_NAMED).join(', ')} and ${others} more` : withAnd(projects)
}

/** The group whose questions come first: it stands in the address of whoever came from its match. */
function groupIn(request: FastifyRequest): string | null {
  const group = queryWord(request.query, 'group')
  return group && /^[\w-]{1,64}$/.test(group) ? group : null
}

async function page(request: FastifyRequest, reply: FastifyReply, id: string, sent?: Sent) {
  const actor = actorOf(request)
  const { name, reference, version, bereavedBySuicide, questions, answered } = await listQuestions(
    request.context,
    actor,
    id,
  )
  const group = groupIn(request)
  const lines = questions.map(({ rule, question, of, projects, groups }, index) => ({
    field: `answer-${index}`,
    index,
    rule,
    question,
    of,
    // What is one project's alone names it already.
    whose: of ? null : whose(projects),
    isAsked: group !== null && groups.includes(group),
  }))
  const base = `${baseOf(actor)}/referrals/${id}`
  const first = lines.filter(({ isAsked }) => isAsked)
  const model = {
    name,
    version,
    first,
    // Whoever came for nothing in particular sees all of them.
    others: lines.filter(({ isAsked }) => !isAsked),
    isOpen: first.length === 0,
    answered: answered.map(({ rule, question, of, answer }, index) => ({
      rule,
      of,
      field: `taken-${index}`,
      index,
      question,
      answer: answer ? 'Yes' : 'No',
    })),
    bereavedBySuicide,
    form: faultyForm(sent?.values ?? (bereavedBySuicide ? { bereavedBySuicide: 'yes' } : {}), sent?.faults ?? []),
    action: `${base}/facts${group ? `?group=${group}` : ''}`,
  }
  const frame = {
    title: `Questions about ${reference}`,
    back: { href: `${base}/matches`, text: 'Projects' },
    faults: sent?.faults ?? [],
  }
  return show(request, reply, 'facts', frame, model, sent?.status ?? 200)
}

const ANSWERS = new Map([
  ['yes', true],
  ['no', false],
])

// A group's name, its project's, and the question.
const MOST_ASKED = 600

const isRule = (word: string): word is AskedAnswer['rule'] => Object.hasOwn(RULE_WORDS, word)

/** Each answered question comes back with its own words: the list may have changed since the page was made. */
function answersFrom(values: Values): AskedAnswer[] {
  return Object.keys(values).flatMap((field) => {
    const index = /^(?:answer|taken)-(\d{1,3})$/.exec(field)?.[1]
    if (index === undefined) return []
    const isTaken = field.startsWith('taken')
    const question = text(values, `${isTaken ? 'said' : 'question'}-${index}`)
    const rule = text(values, `${isTaken ? 'told' : 'rule'}-${index}`) ?? ''
    const of = text(values, `${isTaken ? 'theirs' : 'of'}-${index}`)
    const answer = isTaken ? null : ANSWERS.get(text(values, field) ?? '')
    if (!question || question.length > MOST_ASKED || answer === undefined || !isRule(rule)) return []
    return [{ rule, question, answer, ...(of && /^[\w-]{1,64}$/.test(of) ? { of } : {}) }]
  })
}

export function register(app: App): void {
  const at = '/o/:organisation/referrals/:id/facts'
  app.get(at, atRecord, (request, reply) => page(request, reply, request.params.id))

  app.post(at, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const asked = answersFrom(values)
    const bereavedBySuicide = text(values, 'bereavedBySuicide') === 'yes'
    if (asked.length === 0 && bereavedBySuicide === (text(values, 'wasBereaved') === 'yes')) {
      const faults = [{ field: '', text: 'Answer at least one question, or go back' }]
      return page(request, reply, id, { values, faults, status: 400 })
    }
    return carryOut(request, reply, {
      act: (context) => recordFacts(context, actor, id, Number(text(values, 'version')), asked, bereavedBySuicide),
      goTo: () => `${baseOf(actor)}/referrals/${id}/matches?done=answered`,
      again: (faults, status) => page(request, reply, id, { values, faults, status }),
    })
  })
}
