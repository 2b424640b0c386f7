import { isInDirectory } from '../../domain/directory.ts'
import { assessFor } from '../../domain/eligibility.ts'
import { isSameJson } from '../../domain/json.ts'
import { type AskedAnswer, answersIn, factsWith } from '../../domain/known-facts.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { listGroupRows } from '../../store/groups.ts'
import { getPerson, savePerson } from '../../store/people.ts'
import { listProjectRows } from '../../store/projects.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { eligibilityFacts } from '../directory/eligibility-facts.ts'
import { record, recordAct } from '../record.ts'

interface AskedFor {
  rule: AskedAnswer['rule']
  question: string
  /** Whose question it is, where it is one project's or group's alone. */
  of: string | undefined
  /** The projects whose rules hang on the answer. */
  projects: string[]
  /** The groups whose rules do, by their ids. */
  groups: string[]
}

/** What the projects' rules would have to be told of the person of a referral, and what they were told already. */
export async function listQuestions(context: Context, actor: Actor, referralId: string) {
  const { read } = context.db
  const referral = await getReferral(read, actor, referralId, 'referral.view-work')
  const person = await getPerson(read, referral.personId)
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'facts.viewed', subjectKind: 'referral', subjectId: referralId }),
  )
  const facts = await eligibilityFacts(read, referral, person, context.now())
  const groups = await listGroupRows(read)
  const asked = new Map<string, AskedFor>()
  const running = (await listProjectRows(read)).filter(({ project }) => isInDirectory(project))
  for (const { project } of running)
    for (const group of groups.filter(({ projectId }) => projectId === project.id)) {
      const { verdict, reasons } = assessFor(facts, project, group)
      // Where a rule fails already, no answer would help.
      if (verdict !== 'ask') continue
      for (const { rule, question, of } of reasons) {
        if (!question) continue
        const key = `${of ?? ''} ${question.toLowerCase()}`
        const known = asked.get(key) ?? { rule, question, of, projects: [], groups: [] }
        if (!known.projects.includes(project.name)) known.projects.push(project.name)
        known.groups.push(group.id)
        asked.set(key, known)
      }
    }
  return {
    name: person.fullName,
    reference: referral.reference,
    bereavedBySuicide: person.facts.bereavedBySuicide ?? false,
    version: person.version,
    answered: answersIn(person.facts),
    questions: [...asked.values()],
  }
}

/**
 * Writes down what the person answered, so that matches say yes or no. History keeps that questions were answered, and
 * not how.
 * @param bereavedBySuicide crisis and bereavement offers then stand first; absent leaves it as it is
 * @param version what the caller read; another number means that somebody changed the person's details meanwhile
 */
export async function recordFacts(
  context: Context,
  actor: Actor,
  referralId: string,
  version: number,
  asked: AskedAnswer[],
  bereavedBySuicide?: boolean,
): Promise<{ referralId: string }> {
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, referralId, 'person.change')
    const person = await getPersonAt(tx, referral.personId, version)
    const { bereavedBySuicide: before = false, ...rest } = factsWith(person.facts, asked)
    const facts = { ...rest, ...((bereavedBySuicide ?? before) ? { bereavedBySuicide: true } : {}) }
    if (isSameJson(facts, person.facts)) return { referralId }
    const saved = await savePerson(tx, person, { facts })
    await record(context, tx, actor, [
      {
        type: 'person.facts-recorded',
        subject: { kind: 'person', id: person.id, version: saved.version },
        referralId,
        detail: { rules: [...new Set(asked.map(({ rule }) => rule))].sort() },
      },
    ])
    return { referralId }
  })
}

async function getPersonAt(tx: Db, id: string, version: number) {
  const person = await getPerson(tx, id)
  if (person.version !== version)
    throw new Refusal('stale-version', 'Somebody changed what is known of the person in the meantime. Look again.')
  return person
}
