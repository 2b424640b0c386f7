import { asc } from 'drizzle-orm'
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
