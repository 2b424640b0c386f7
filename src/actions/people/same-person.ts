import type { Db } from '../../store/database.ts'
import { getPerson, savePerson } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'

/** The person of this referral is the person of that one: a navigator judged so, and may judge otherwise later. */
export async function recogniseAs(
  context: Context,
  tx: Db,
  author: Author,
  referral: ReferralRow,
  original: Pick<ReferralRow, 'id' | 'personId'>,
  causedBy: string | null,
): Promise<void> {
  if (referral.personId === original.personId) return
  await mergeInto(context, tx, author, referral, { personId: original.personId, as: original.id, causedBy })
}

export async function tellApart(
  context: Context,
  tx: Db,
  author: Author,
  referral: ReferralRow,
  causedBy: string | null,
): Promise<void> {
  await mergeInto(context, tx, author, referral, { personId: null, as: null, causedBy })
}

async function mergeInto(
  context: Context,
  tx: Db,
  author: Author,
  referral: ReferralRow,
  { personId, as, causedBy }: { personId: string | null; as: string | null; causedBy: string | null },
): Promise<void> {
  const person = await getPerson(tx, referral.personId)
  if (person.mergedIntoId === personId) return
  const saved = await savePerson(tx, person, { mergedIntoId: personId })
  await record(context, tx, author, [
    {
      type: personId ? 'person.merged' : 'person.unmerged',
      subject: { kind: 'person', id: saved.id, version: saved.version },
      referralId: referral.id,
      detail: as ? { as } : {},
      changes: { mergedIntoId: [person.mergedIntoId, personId] },
      causedBy,
    },
  ])
}
