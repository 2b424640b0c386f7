import { londonDay } from '../../domain/day.ts'
import { ownLinkEnds } from '../../domain/link.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { getPerson, type PersonRow } from '../../store/people.ts'
import { getReferralRow, type ReferralRow } from '../../store/referrals.ts'
import { isPass, passFor } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import { getLink, nothingThere } from '../links/get-link.ts'
import { isTheirMailbox } from '../links/person-link.ts'
import { recordAct } from '../record.ts'

/** What the link to somebody's own page stands for. */
export interface OwnCase {
  linkId: string
  person: PersonRow
  referral: ReferralRow
  hasEnded: boolean
}

/** Read from the store that is written to. What went to a mailbox that is no longer theirs opens nothing. */
async function getOwnCase(context: Context, db: Db, token: string): Promise<OwnCase> {
  const link = await getLink(context, db, token)
  const { message, purpose } = link
  if (purpose !== 'own' || message.toKind !== 'person' || !message.referralId) throw nothingThere()
  const referral = await getReferralRow(db, message.referralId)
  if (referral.personId !== message.toId || !(await isTheirMailbox(context, db, link))) throw nothingThere()
  const hasEnded = ownLinkEnds(message.createdAt) < londonDay(context.now())
  return { linkId: message.id, referral, person: await getPerson(db, message.toId), hasEnded }
}

/** What may be said to whoever holds the link, before they say who they are. */
export async function readOwnDoor(context: Context, token: string, pass: string) {
  const { hasEnded, linkId } = await getOwnCase(context, context.db.read, token)
  return { hasEnded, isOpen: !hasEnded && isPass(context, linkId, pass, context.now()) }
}

/**
 * Opens somebody's own page for half an hour, for whoever has the link and knows the date of birth. Answers with a pass;
 * it is never a sign-in.
 */
export async function openOwnPage(context: Context, token: string, dateOfBirth: string): Promise<string> {
  const { linkId, person, referral, hasEnded } = await getOwnCase(context, context.db.read, token)
  if (hasEnded) throw closedAgain()
  if (person.dateOfBirth !== dateOfBirth)
    throw new Refusal('invalid-input', 'This is not the date of birth that we have.', [
      { pointer: '/dateOfBirth', code: 'not-valid', detail: 'This is not the date of birth that we have' },
    ])
  const look = { action: 'own-page.opened', subjectKind: 'referral', subjectId: referral.id }
  await context.db.write((tx) => recordAct(context, tx, { personId: person.id }, look))
  return passFor(context, linkId, context.now())
}

/** What stands behind the link, for whoever has opened it lately. */
export async function passOwnPage(context: Context, db: Db, token: string, pass: string): Promise<OwnCase> {
  const own = await getOwnCase(context, db, token)
  if (own.hasEnded || !isPass(context, own.linkId, pass, context.now())) throw closedAgain()
  return own
}

function closedAgain(): Refusal {
  return new Refusal('wrong-status', 'For safety this page closes after half an hour. Nothing was changed.')
}
