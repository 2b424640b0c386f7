import { lookWords } from '../../domain/looks.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may, tiesFor } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { listLooksAt, listLooksBy, listRecordsOf, listReferencesOf } from '../../store/looks.ts'
import { findPlacement } from '../../store/placements.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import { findMember } from '../../store/users.ts'
import { permit } from '../access/permit.ts'
import { placementTies, referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { type Page, readCursor, toPage } from '../page.ts'
import { recordAct } from '../record.ts'

/** One look at a record. */
export interface Look {
  id: string
  at: Date
  what: string
  by: { id: string | null; name: string; organisation: string | null }
  isOwnTeam: boolean
  /** Given where a record was opened in an emergency. */
  reason: string | null
}

const LINK = 'Whoever has the e-mail link'
const PAGE_ROWS = 50
const NOTHING_HERE = 'There is nothing here that you can see.'

/** Refuses whoever answers for nobody's looks. */
export function requireReporter(actor: Actor): void {
  if (tiesFor(actor, 'look.report').length === 0) permit(actor, 'look.report')
}

interface Of {
  kind: 'referral' | 'placement'
  id: string
}

/**
 * Who looked at a referral, its person and its places; or, for a project, at its own place alone. Asking is itself a look.
 * Whoever belongs neither to the asking organisation, nor to those whose referral it is, is named to the receiving service only.
 */
export async function listLooks(
  context: Context,
  actor: Actor,
  of: Of,
  after?: string,
): Promise<Page<Look> & { reference: string }> {
  requireReporter(actor)
  const { read } = context.db
  const { subjects, referral, seesAll } = await recordsOf(read, actor, of)
  const rows = await listLooksAt(read, subjects, { limit: PAGE_ROWS + 1, after: readCursor(after) })
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'looks.viewed', subjectKind: of.kind, subjectId: of.id }),
  )
  const known = [actor.organisationId, referral.receivingOrganisationId, referral.referringOrganisationId]
  const page = toPage(
    rows,
    PAGE_ROWS,
    ({ at, id }) => ({ value: at.toISOString(), id }),
    (shown) =>
      shown.map(({ id, at, action, actorKind, actorId, organisationId, name, organisation, reason }) => {
        const isNamed = seesAll || action === 'referral.glass-broken' || known.includes(organisationId)
        const by = isNamed
          ? { id: actorId, name: name ?? (actorKind === 'link' ? LINK : 'The software'), organisation }
          : { id: null, name: 'Somebody', organisation: 'Another organisation' }
        return { id, at, what: lookWords(action), by, isOwnTeam: organisationId === actor.organisationId, reason }
      }),
  )
  return { ...page, reference: referral.reference }
}

async function recordsOf(db: Db, actor: Actor, { kind, id }: Of) {
  if (kind === 'placement') {
    const placement = await findPlacement(db, id)
    if (!placement) throw new Refusal('not-found', NOTHING_HERE)
    if (!may(actor, 'look.report', { provider: placementTies(placement).provider }))
      throw new Refusal('not-found', NOTHING_HERE, [], { kind, id })
    const referral = await getReferralOf(db, placement.referralId)
    return { subjects: [id], referral, seesAll: false }
  }
  const referral = await findReferral(db, id)
  if (!referral) throw new Refusal('not-found', NOTHING_HERE)
  if (!may(actor, 'look.report', referralTies(referral))) throw new Refusal('not-found', NOTHING_HERE, [], { kind, id })
  const seesAll = referral.receivingOrganisationId === actor.organisationId
  // Where the person was placed is for the service to know; whoever referred answers for the referral.
  const subjects = seesAll ? await listRecordsOf(db, id, referral.personId) : [id]
  return { subjects, referral, seesAll }
}

async function getReferralOf(db: Db, id: string): Promise<ReferralRow> {
  const referral = await findReferral(db, id)
  if (!referral) throw new Error('A placement names a referral that is not there.')
  return referral
}

/** What a colleague looked at and did apart from moves of records. */
export interface LookBy {
  id: string
  at: Date
  what: string
  /** The reference of the record; null for lists, searches and what is no record. */
  reference: string | null
  /** How many records a list or a search showed. */
  count: number | null
}

/** What one colleague of the own organisation looked at for it, newest first. Asking is itself a look. */
export async function listLooksOfColleague(
  context: Context,
  actor: Actor,
  userId: string,
  after?: string,
): Promise<Page<LookBy> & { name: string }> {
  permit(actor, 'colleague.change', {}, { kind: 'user', id: userId })
  const { read } = context.db
  const member = await findMember(read, actor.organisationId, userId)
  if (!member) throw new Refusal('not-found', NOTHING_HERE)
  const rows = await listLooksBy(read, userId, actor.organisationId, {
    limit: PAGE_ROWS + 1,
    after: readCursor(after),
  })
  const references = await listReferencesOf(
    read,
    rows.flatMap(({ subjectId }) => subjectId ?? []),
  )
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'colleague-looks.viewed', subjectKind: 'user', subjectId: userId }),
  )
  const page = toPage(
    rows,
    PAGE_ROWS,
    ({ at, id }) => ({ value: at.toISOString(), id }),
    (shown) =>
      shown.map(({ id, at, action, subjectId, detail }) => ({
        id,
        at,
        what: lookWords(action),
        reference: references.get(subjectId ?? '') ?? null,
        count: Array.isArray(detail.ids) ? detail.ids.length : null,
      })),
  )
  return { ...page, name: member.name }
}
