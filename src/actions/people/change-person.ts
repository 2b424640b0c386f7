import { isSameJson } from '../../domain/json.ts'
import { factsAfterMoving } from '../../domain/known-facts.ts'
import type { Actor } from '../../domain/organisation.ts'
import { searchName } from '../../domain/person.ts'
import type { MessageRule, PersonChange } from '../../domain/person-change.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findLies } from '../../store/geography.ts'
import { getPerson, type PersonChanges, type PersonRow, savePerson } from '../../store/people.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { indexPerson } from './index-people.ts'
import { getPersonFor, viewWholePerson, type WholePersonView } from './open-person.ts'
import { allowMessages, stopMessages } from './stop-messages.ts'

/**
 * Corrects the details of somebody: staff only, after a call back, because whoever controls somebody knows their
 * birthday. History keeps which details were corrected, and none of what they were or are.
 * @param version what the caller read; another number means that somebody changed them meanwhile
 */
export async function changePerson(
  context: Context,
  actor: Actor,
  id: string,
  version: number,
  { messages, reason, ...details }: PersonChange,
): Promise<WholePersonView> {
  return context.db.write(async (tx) => {
    const { person, referralId } = await getPersonFor(tx, actor, id, 'person.change')
    if (person.version !== version)
      throw new Refusal('stale-version', 'Somebody changed these details in the meantime. Look at them again.')
    await changeDetails(context, tx, actor, { person, referralId, reason }, columnsOf(details))
    if (messages) await ruleMessages(context, tx, actor, { id, referralId, reason }, messages)
    return viewWholePerson(tx, await getPerson(tx, id), context.now())
  })
}

const WHERE_THEY_LIVE = ['postcode', 'addressLines', 'noFixedAddress']

async function changeDetails(
  context: Context,
  tx: Db,
  actor: Actor,
  { person, referralId, reason }: { person: PersonRow; referralId: string; reason: string | undefined },
  columns: PersonChanges,
): Promise<void> {
  const changed = Object.entries(columns).filter(([name, value]) => !isSameJson(person[name as keyof PersonRow], value))
  if (changed.length === 0) return
  const changes: PersonChanges = Object.fromEntries(changed)
  const saved = await savePerson(tx, person, {
    ...changes,
    ...(changes.fullName ? { searchName: searchName(changes.fullName) } : {}),
    // The old ward would be a wrong one, also where the list does not have the new postcode.
    ...('postcode' in changes ? await findLies(tx, changes.postcode ?? null) : {}),
    ...(WHERE_THEY_LIVE.some((name) => name in changes) ? { facts: factsAfterMoving(person.facts) } : {}),
  })
  if (['fullName', 'givenName', 'familyName'].some((name) => name in changes)) await indexPerson(tx, saved, person)
  await record(context, tx, actor, [
    {
      type: 'person.changed',
      subject: { kind: 'person', id: saved.id, version: saved.version },
      referralId,
      reason: reason ?? null,
      detail: { fields: changed.map(([name]) => name).sort() },
    },
  ])
}

/** The columns that a change sets: what belongs together changes together. */
function columnsOf({ address, ...details }: Omit<PersonChange, 'messages' | 'reason'>): PersonChanges {
  const { fullName, givenName, familyName, noFixedAddress } = details
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
  return {
    ...given,
    // Parts of the old name would go on being used in letters.
    ...(fullName ? { givenName: givenName ?? null, familyName: familyName ?? null } : {}),
    ...(address ? { addressLines: address.lines, postcode: address.postcode, noFixedAddress: false } : {}),
    ...(address === null || noFixedAddress ? { addressLines: null } : {}),
  }
}

/** Stops or allows every message to somebody, under every row they stand under. */
async function ruleMessages(
  context: Context,
  tx: Db,
  actor: Actor,
  { id, referralId, reason }: { id: string; referralId: string; reason: string | undefined },
  messages: MessageRule,
): Promise<void> {
  const person = await getPerson(tx, id)
  if (person.messagesStopped === 'died')
    throw new Refusal(
      'wrong-status',
      'It is recorded that the person died. If that is wrong, take the closing back first.',
    )
  const why = messages === 'allowed' ? null : messages
  if (person.messagesStopped === why) return
  const saved = await savePerson(tx, person, {})
  if (why) await stopMessages(context, tx, id, why)
  else await allowMessages(tx, id)
  await record(context, tx, actor, [
    {
      type: why ? 'person.messages-stopped' : 'person.messages-resumed',
      subject: { kind: 'person', id, version: saved.version },
      referralId,
      reason: reason ?? null,
      detail: why ? { why } : {},
    },
  ])
}
