import type { Actor } from '../../domain/organisation.ts'
import { tiesFor } from '../../domain/permissions.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { Refusal } from '../../domain/refusal.ts'
import { type RiskShown, showRisk } from '../../domain/sealed.ts'
import type { Db } from '../../store/database.ts'
import { listGlassBroken } from '../../store/events.ts'
import { getOrganisations } from '../../store/organisations.ts'
import { listRisks } from '../../store/referral-details.ts'
import { findReferral, findReferralByReference, type ReferralRow, saveReferral } from '../../store/referrals.ts'
import { REFERRAL_TIES, scope } from '../../store/scope.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { PAGE_SIZE, type Page, readCursor, toPage } from '../page.ts'
import { record, recordRiskLook } from '../record.ts'
import { referralParties } from '../steps/referral-step.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** What one look shows, and when and why it was taken. */
export interface BrokenGlass {
  id: string
  at: Date
  reason: string
  referral: ReferralView
  risks: RiskShown[]
}

/**
 * In an emergency an operator opens one referral, once, as its service sees it. The reason stands in its history and in
 * the audit trail, and the organisations whose referral it is are told. It opens nothing else, and nothing afterwards.
 */
export async function breakGlass(
  context: Context,
  actor: Actor,
  asked: { referral: string; reason: string },
): Promise<BrokenGlass> {
  const { reason } = asked
  permit(actor, 'glass.break')
  return context.db.write(async (tx) => {
    const referral = await findAsked(tx, asked.referral)
    const at = context.now()
    const saved = await saveReferral(tx, referral, { changedAt: at })
    const [id = ''] = await record(context, tx, actor, [
      {
        type: 'referral.glass-broken',
        subject: { kind: 'referral', id: saved.id, version: saved.version },
        referralId: saved.id,
        reason,
        changes: {},
        parties: referralParties(saved),
      },
    ])
    const risks = (await listRisks(tx, [saved.id])).map((risk) => showRisk(risk, { opensSeals: true }))
    await recordRiskLook(context, tx, actor, saved.id, risks)
    const view = await viewReferral(context, tx, await asItsService(tx, actor, saved), saved)
    return { id, at, reason, referral: readOnly(view), risks }
  })
}

/** By id or by reference. What is not there is refused with a row in the audit trail: somebody may be trying numbers. */
async function findAsked(tx: Db, asked: string): Promise<ReferralRow> {
  const reference = normaliseReference(asked)
  const found = (await findReferral(tx, asked)) ?? (reference && (await findReferralByReference(tx, reference)))
  if (found) return found
  const id = reference ?? (/^[\w-]{1,100}$/.test(asked) ? asked : 'not a reference')
  throw new Refusal('not-found', 'There is no referral with this reference.', [], { kind: 'referral', id })
}

/** The eyes of a lead of the service that received it. What is written down stays in the name of who looks. */
async function asItsService(tx: Db, actor: Actor, { receivingOrganisationId: id }: ReferralRow): Promise<Actor> {
  const service = (await getOrganisations(tx, [id])).get(id)
  if (!service) throw new Error('A referral names a service that is not there.')
  const { slug, name, kind } = service
  return {
    ...actor,
    role: 'triage_lead',
    organisationId: id,
    organisation: slug,
    organisationName: name,
    organisationKind: kind,
  }
}

function readOnly(view: ReferralView): ReferralView {
  const placements = view.placements.map((placement) => ({ ...placement, allowedActions: [] }))
  return { ...view, placements, allowedActions: [] }
}

export type GlassUse = Awaited<ReturnType<typeof listGlassBroken>>[number]

/** Every emergency look, newest first: all of them to an operator, those at their own referrals to an organisation. */
export async function listGlassUses(
  context: Context,
  actor: Actor,
  { limit = PAGE_SIZE.usual, after }: { limit?: number | undefined; after?: string | undefined } = {},
): Promise<Page<GlassUse>> {
  if (tiesFor(actor, 'glass.report').length === 0) permit(actor, 'glass.report')
  const visible = scope(actor, 'glass.report', REFERRAL_TIES)
  const rows = await listGlassBroken(context.db.read, visible, { limit: limit + 1, after: readCursor(after) })
  return toPage(
    rows,
    limit,
    ({ at, id }) => ({ value: at.toISOString(), id }),
    (shown) => shown,
  )
}
