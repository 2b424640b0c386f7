import { Refusal } from '../../domain/refusal.ts'
import { findMail, listMailRows, type MailRow } from '../../store/mailbox.ts'
import type { Context } from '../context.ts'

const NEWEST = 200

/** The newest messages in the built-in mailbox of the demonstration. */
export async function listMail({ db }: Context): Promise<Pick<MailRow, 'id' | 'to' | 'subject' | 'receivedAt'>[]> {
  return listMailRows(db.read, NEWEST)
}

export async function openMail({ db }: Context, id: string): Promise<MailRow> {
  const mail = await findMail(db.read, id)
  if (!mail) throw new Refusal('not-found', 'This message is not in the mailbox.')
  return mail
}
