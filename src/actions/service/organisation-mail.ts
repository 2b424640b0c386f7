import { z } from 'zod'
import type { Actor } from '../../domain/organisation.ts'
import { typedLine } from '../../domain/person.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getOrganisations, saveOrganisationEmail } from '../../store/organisations.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'

export const OrganisationMail = z.strictObject({
  email: typedLine(254, 'The shared e-mail address')
    .toLowerCase()
    .pipe(z.email('Enter an e-mail address, like team@example.com')),
})

/** The shared address that messages for the organisation go to. */
export async function readOrganisationEmail({ db }: Context, actor: Actor): Promise<string | null> {
  permit(actor, 'service.configure', {}, { kind: 'organisation', id: actor.organisationId })
  return (await getOrganisations(db.read, [actor.organisationId])).get(actor.organisationId)?.email ?? null
}

/** @param was what the caller read: whoever comes second is told, and writes nothing */
export async function changeOrganisationEmail(
  context: Context,
  actor: Actor,
  was: string | null,
  { email }: z.output<typeof OrganisationMail>,
): Promise<void> {
  const { organisationId } = actor
  const subject = { kind: 'organisation', id: organisationId }
  permit(actor, 'service.configure', {}, subject)
  await context.db.write(async (tx) => {
    const present = (await getOrganisations(tx, [organisationId])).get(organisationId)?.email ?? null
    if (present !== was)
      throw new Refusal('stale-version', 'Somebody changed the shared address in the meantime. Look at it again.')
    if (present === email) return
    await saveOrganisationEmail(tx, organisationId, email)
    await recordAct(context, tx, actor, {
      action: 'organisation.configured',
      subjectKind: subject.kind,
      subjectId: organisationId,
      detail: { changed: 'email' },
    })
  })
}
