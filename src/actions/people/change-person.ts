import type { Actor } from '../../domain/organisation.ts'
import type { MessageRule, PersonChange } from '../../domain/person-change.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { getPerson, savePerson } from '../../store/people.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { changeDetails, columnsOf } from './change-details.ts'
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
