import { z } from 'zod'
import type { Actor } from '../../domain/organisation.ts'
import { PersonInput } from '../../domain/person.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getOrganisation, saveOrganisationPhone } from '../../store/organisations.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { requireService } from './read-service.ts'

/** Null takes the number out again: letters then tell nobody to ring. */
export const ServicePhone = z.strictObject({ phone: PersonInput.shape.phone.unwrap().nullable() })

/** The number that letters and pages give where they tell somebody to call the service. */
export async function readServicePhone({ db }: Context, actor: Actor): Promise<string | null> {
  requireService(actor)
  return (await getOrganisation(db.read, actor.organisationId)).phone
}

/** @param was what the caller read: whoever comes second is told, and writes nothing */
export async function changeServicePhone(
  context: Context,
  actor: Actor,
  was: string | null,
  { phone }: z.output<typeof ServicePhone>,
): Promise<void> {
  requireService(actor)
  const { organisationId } = actor
  await context.db.write(async (tx) => {
    const { phone: present } = await getOrganisation(tx, organisationId)
    if (present !== was)
      throw new Refusal('stale-version', 'Somebody changed the phone number in the meantime. Look at it again.')
    if (present === phone) return
    await saveOrganisationPhone(tx, organisationId, phone)
    await recordAct(context, tx, actor, {
      action: 'organisation.configured',
      subjectKind: 'organisation',
      subjectId: organisationId,
      detail: { changed: 'phone' },
    })
  })
}
