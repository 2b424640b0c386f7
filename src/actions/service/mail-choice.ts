import { HAS_OWN_MAIL, SHARED_MAIL } from '../../domain/colleague.ts'
import type { MailMode } from '../../domain/notices.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { hastenDigests } from '../../store/digests.ts'
import { getOrganisations, saveOrganisationMailMode } from '../../store/organisations.ts'
import { findMember, saveMembership } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'

/** How e-mails about single events come. Null where there are none to choose for, or somebody else chooses. */
export interface MailChoice {
  /** To the one who asks, about their own work. */
  mine: MailMode | null
  /** To the organisation's shared address, for those who work from it and its administrators. */
  shared: MailMode | null
}

async function choiceOf(db: Db, { userId, organisationId, role }: Actor): Promise<MailChoice> {
  const member = HAS_OWN_MAIL.includes(role) ? await findMember(db, organisationId, userId) : undefined
  const shared = SHARED_MAIL.includes(role) ? (await getOrganisations(db, [organisationId])).get(organisationId) : null
  return { mine: member?.membership.mailMode ?? null, shared: shared?.mailMode ?? null }
}

export async function readMailChoice({ db }: Context, actor: Actor): Promise<MailChoice> {
  return choiceOf(db.read, actor)
}

/** What waited for a digest that is not wanted any more goes out at the next turn. */
export async function chooseMail(
  context: Context,
  actor: Actor,
  wanted: { mine?: MailMode | undefined; shared?: MailMode | undefined },
): Promise<MailChoice> {
  const { userId, organisationId } = actor
  return context.db.write(async (tx) => {
    const present = await choiceOf(tx, actor)
    for (const whose of ['mine', 'shared'] as const)
      if (wanted[whose] !== undefined && present[whose] === null) throw new Refusal('not-allowed', WHO_CHOOSES[whose])
    const now = context.now()
    if (wanted.mine && wanted.mine !== present.mine) {
      const member = await findMember(tx, organisationId, userId)
      if (member) await saveMembership(tx, member.membership.id, { mailMode: wanted.mine })
      if (wanted.mine === 'events') await hastenDigests(tx, { toId: userId, organisationId }, now)
      await recordAct(context, tx, actor, {
        action: 'user.mail-chosen',
        subjectKind: 'user',
        subjectId: userId,
        detail: { from: present.mine, to: wanted.mine },
      })
    }
    if (wanted.shared && wanted.shared !== present.shared) {
      await saveOrganisationMailMode(tx, organisationId, wanted.shared)
      if (wanted.shared === 'events') await hastenDigests(tx, { toId: organisationId, organisationId }, now)
      await recordAct(context, tx, actor, {
        action: 'organisation.mail-chosen',
        subjectKind: 'organisation',
        subjectId: organisationId,
        detail: { from: present.shared, to: wanted.shared },
      })
    }
    return choiceOf(tx, actor)
  })
}

const WHO_CHOOSES = {
  mine: 'E-mails about your work go to your organisation’s shared address.',
  shared: 'Those who work from the shared address, and the administrators, choose for it.',
}
