import type { MessagesStopped } from '../../domain/person.ts'
import type { Db } from '../../store/database.ts'
import { listSamePeople, savePeople } from '../../store/people.ts'
import type { Context } from '../context.ts'

/** Nothing is sent to them any more, whichever row they stand under; what is queued asks before it goes. */
export async function stopMessages(context: Context, tx: Db, personId: string, why: MessagesStopped): Promise<void> {
  await savePeople(tx, await listSamePeople(tx, personId), {
    messagesStopped: why,
    messagesStoppedAt: context.now(),
  })
}

export async function allowMessages(tx: Db, personId: string): Promise<void> {
  await savePeople(tx, await listSamePeople(tx, personId), { messagesStopped: null, messagesStoppedAt: null })
}
