import { asc } from 'drizzle-orm'
import type { Context } from '../../src/actions/context.ts'
import { type FailedMessage, listFailedMessages } from '../../src/actions/outbox/referral-messages.ts'
import type { Actor } from '../../src/domain/organisation.ts'
import { outbox } from '../../src/store/schema.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

/** One referral in the navigation service's queue, and so one message to the service; `person` changes who it is for. */
export async function oneMessage(person: Record<string, unknown> = {}) {
  const city = await smallCity()
  const referral = await stages(city).submitted(person)
  const messages = () => city.db.read.select().from(outbox).orderBy(asc(outbox.id))
  async function messageTo(toKind: 'organisation' | 'person') {
    const message = (await messages()).find((each) => each.toKind === toKind)
    if (!message) throw new Error(`Nothing is owed to the ${toKind}.`)
    return message
  }
  /** Moves the clock on from where it stands. */
  const wait = (ms: number) => city.clock.set(new Date(city.context.now().getTime() + ms))
  return { ...city, referral, messages, messageTo, wait }
}

/** What somebody still has to make up for, newest first. */
export async function failedOf(context: Context, actor: Actor): Promise<FailedMessage[]> {
  return (await listFailedMessages(context, actor)).items
}
