import type { Actor } from '../../domain/organisation.ts'
import { may, type Permission } from '../../domain/permissions.ts'
import type { MessagesStopped } from '../../domain/person.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { listReferralsOfPeople } from '../../store/duplicates.ts'
import { findPerson, type PersonRow } from '../../store/people.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { viewPerson } from '../person-view.ts'
import { recordAct } from '../record.ts'
import { whereTheyLive } from './where-they-live.ts'

/** Somebody's details in full, with the version that a correction has to name. */
export async function viewWholePerson(db: Db, person: PersonRow, now: Date) {
  const messages: MessagesStopped | 'allowed' = person.messagesStopped ?? 'allowed'
  return {
    ...viewPerson(person, now),
    version: person.version,
    givenName: person.givenName,
    familyName: person.familyName,
    tellPractice: person.tellPractice,
    messages,
    messagesStoppedAt: person.messagesStoppedAt,
    livesIn: await whereTheyLive(db, person),
  }
}
export type WholePersonView = Awaited<ReturnType<typeof viewWholePerson>>

/** Somebody whom a referral of the actor's service is about, with the newest of those referrals. */
export async function getPersonFor(db: Db, actor: Actor, id: string, permission: Permission) {
  const person = await findPerson(db, id)
  const referrals = person ? await listReferralsOfPeople(db, [id]) : []
  const newest = referrals.findLast((referral) => may(actor, permission, referralTies(referral)))
  if (person && newest) return { person, referralId: newest.id }
  const subject = person ? { kind: 'person', id } : null
  throw new Refusal('not-found', 'There is nothing here that you can see.', [], subject)
}

/** Looking is recorded. */
export async function openPerson(context: Context, actor: Actor, id: string): Promise<WholePersonView> {
  const { person } = await getPersonFor(context.db.read, actor, id, 'referral.view-work')
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'person.viewed', subjectKind: 'person', subjectId: id }),
  )
  return viewWholePerson(context.db.read, person, context.now())
}
