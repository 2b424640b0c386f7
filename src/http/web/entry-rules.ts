import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../actions/context.ts'
import { changeGroup } from '../../actions/directory/change-group.ts'
import { changeProject } from '../../actions/directory/change-project.ts'
import { listChoices, openOwnGroup, openOwnProject } from '../../actions/directory/open-project.ts'
import { EligibilityRule, type RuleKind } from '../../domain/eligibility-rules.ts'
import { RULE_WORDS, ruleSentence, rulesSentence } from '../../domain/eligibility-words.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, atRule, queryWord } from './addresses.ts'
import { carryOut, refuseUnlessAnswered } from './carry-out.ts'
import { type FieldFault, faultyForm, isTicked, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { FIRST_FIELD, type Home, ruleChoices, ruleFrom, ruleValues } from './rule-form.ts'

type Noun = 'projects' | 'groups'

/** Whose rules they are: a project's, or a group's on top of them. */
interface Owner extends Home {
  id: string
  version: number
  rules: EligibilityRule[]
  /** The project's own sentence, for a group. */
  above: { name: string; sentence: string } | null
  mayChange: boolean
  back: { href: string; text: string }
  page: string
}

async function ownerOf(context: Context, actor: Actor, noun: Noun, id: string): Promise<Owner> {
  const base = baseOf(actor)
  const { entry, group } =
    noun === 'groups'
      ? await openOwnGroup(context, actor, id)
      : { entry: await openOwnProject(context, actor, id), group: null }
  const own = group ?? entry
  return {
    id,
    name: own.name,
    project: entry.name,
    provider: actor.organisation,
    version: own.version,
    rules: own.ruleData,
    above: group ? { name: entry.name, sentence: entry.sentence } : null,
    mayChange: entry.allowedActions.includes('change'),
    back: { href: `${base}/projects/${entry.id}`, text: entry.name },
    page: `${base}/${noun}/${id}/rules`,
  }
}

function save(context: Context, actor: Actor, noun: Noun, id: string, version: number, rules: EligibilityRule[]) {
  return noun === 'groups'
    ? changeGroup(context, actor, id, version, { rules })
    : changeProject(context, actor, id, version, { rules })
}

const KINDS = Object.keys(RULE_WORDS) as RuleKind[]
const isKind = (word: string): word is RuleKind => (KINDS as string[]).includes(word)

async function list(
  request: FastifyRequest,
  reply: FastifyReply,
  noun: Noun,
  id: string,
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const owner = await ownerOf(request.context, actor, noun, id)
  const { organisations } = await listChoices(request.context, actor)
  const nameOf = (slug: string) => organisations.find((one) => one.slug === slug)?.name ?? slug
  const model = {
    owner,
    sentence: rulesSentence(owner.rules, nameOf),
    rules: owner.rules.map((rule, index) => ({
      kind: RULE_WORDS[rule.rule],
      says: ruleSentence(rule),
      href: `${owner.page}/${index}`,
      remove: `${owner.page}/${index}/remove`,
    })),
    kinds: KINDS.map((kind) => ({ text: RULE_WORDS[kind], href: `${owner.page}/${kind}` })),
  }
  const frame = {
    title: `Who ${owner.name} is for`,
    back: owner.back,
    part: `${baseOf(actor)}/projects`,
    faults: faults.map((fault) => ({ ...fault, field: '' })),
    done: queryWord(request.query, 'done') === 'saved' ? 'Saved. Matches go by it from now on.' : undefined,
  }
  return show(request, reply, 'entry-rules', frame, model, status)
}

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

const noSuchRule = () => new Refusal('not-found', 'There is no such rule any more.')

function placeOf({ rules }: Owner, word: string): number | undefined {
  const place = /^\d{1,2}$/.test(word) ? Number(word) : rules.length
  return place < rules.length ? place : undefined
}

/** The rule that an address names: one that there is by its place, or a new one by its kind. */
function ruleAt(owner: Owner, word: string): { kind: RuleKind; index: number; rule: EligibilityRule | null } {
  if (isKind(word)) return { kind: word, index: owner.rules.length, rule: null }
  const index = placeOf(owner, word)
  const rule = index === undefined ? undefined : owner.rules[index]
  if (index === undefined || !rule) throw noSuchRule()
  return { kind: rule.rule, index, rule }
}

/** The rules without the one that stands at a place; a word that is no place of any removes none. */
async function rulesWithout(context: Context, owner: Owner, word: string): Promise<EligibilityRule[]> {
  const index = placeOf(owner, word)
  return index === undefined ? refuseUnlessAnswered(context, noSuchRule()) : owner.rules.toSpliced(index, 1)
}

/** The rules with one more, or with one put in the place of another. */
function withRule(rules: EligibilityRule[], index: number, rule: EligibilityRule): EligibilityRule[] {
  return index < rules.length ? rules.with(index, rule) : [...rules, rule]
}

async function form(request: FastifyRequest, reply: FastifyReply, noun: Noun, id: string, word: string, sent?: Sent) {
  const actor = actorOf(request)
  const owner = await ownerOf(request.context, actor, noun, id)
  const choices = await listChoices(request.context, actor)
  const { kind, index, rule } = ruleAt(owner, word)
  const values = sent?.values ?? (rule ? ruleValues(rule, choices, owner) : {})
  const shaped = EligibilityRule.safeParse(ruleFrom(kind, values, choices, owner))
  const rules = shaped.success ? withRule(owner.rules, index, shaped.data) : owner.rules
  const nameOf = (slug: string) => choices.organisations.find((one) => one.slug === slug)?.name ?? slug
  const isConflict = sent?.status === 409 && text(values, 'version') !== String(owner.version)
  const model = {
    owner,
    kind,
    title: RULE_WORDS[kind],
    isNew: rule === null,
    version: owner.version,
    form: faultyForm(values, sent?.faults ?? []),
    choices: ruleChoices(choices),
    // An empty form would make a sentence of nothing.
    sentence: rule || sent ? rulesSentence(rules, nameOf) : null,
    isWhole: shaped.success,
    meanwhile: isConflict ? rulesSentence(owner.rules, nameOf) : null,
    action: `${owner.page}/${word}`,
  }
  const frame = {
    title: `${RULE_WORDS[kind]}: who ${owner.name} is for`,
    back: { href: owner.page, text: 'All the rules' },
    part: `${baseOf(actor)}/projects`,
    faults: sent?.faults ?? [],
    scripts: ['sentence'],
  }
  return show(request, reply, 'entry-rule', frame, model, sent?.status ?? 200)
}

/** A fault of this rule stands at its first field; one of another rule stands in the summary. */
const fieldOfRule = (kind: RuleKind, index: number) => (path: string) => {
  const [, at, ...inside] = path.split('/')
  return at === String(index) ? (inside.at(-1) ?? FIRST_FIELD[kind]) : ''
}

const FIELDS: Record<string, string> = { anyOf: 'codes', diagnoses: 'codes', organisations: 'otherOrganisations' }

function post(request: FastifyRequest, reply: FastifyReply, noun: Noun, id: string, word: string) {
  const actor = actorOf(request)
  const values = valuesOf(request.body)
  return ownerOf(request.context, actor, noun, id).then(async (owner) => {
    const choices = await listChoices(request.context, actor)
    const { kind, index } = ruleAt(owner, word)
    const fieldIn = (path: string) => {
      const [first = ''] = path.split('/')
      return kind !== 'need' ? (FIELDS[first] ?? (first || FIRST_FIELD[kind])) : first
    }
    const { data, faults } = parse(EligibilityRule, ruleFrom(kind, values, choices, owner), fieldIn)
    if (isTicked(values, 'preview')) return form(request, reply, noun, id, word, { values, faults: [], status: 200 })
    if (!data) return form(request, reply, noun, id, word, { values, faults, status: 400 })
    const rules = withRule(owner.rules, index, data)
    return carryOut<unknown>(request, reply, {
      act: (context) => save(context, actor, noun, id, Number(text(values, 'version')), rules),
      goTo: () => `${owner.page}?done=saved`,
      again: (faults, status) => form(request, reply, noun, id, word, { values, faults, status }),
      fieldOf: fieldOfRule(kind, index),
    })
  })
}

export function register(app: App): void {
  for (const noun of ['projects', 'groups'] as const) {
    const at = `/o/:organisation/${noun}/:id/rules`
    app.get(at, atRecord, (request, reply) => list(request, reply, noun, request.params.id))
    app.get(`${at}/:rule`, atRule, (request, reply) =>
      form(request, reply, noun, request.params.id, request.params.rule),
    )
    app.post(`${at}/:rule`, atRule, (request, reply) =>
      post(request, reply, noun, request.params.id, request.params.rule),
    )
    app.post(`${at}/:rule/remove`, atRule, async (request, reply) => {
      const actor = actorOf(request)
      const { id, rule } = request.params
      const owner = await ownerOf(request.context, actor, noun, id)
      const version = Number(text(valuesOf(request.body), 'version'))
      return carryOut<unknown>(request, reply, {
        // By its place in the version that was looked at: another version is refused.
        act: async (context) => save(context, actor, noun, id, version, await rulesWithout(context, owner, rule)),
        goTo: () => `${owner.page}?done=saved`,
        again: (faults, status) => list(request, reply, noun, id, faults, status),
      })
    })
  }
}
