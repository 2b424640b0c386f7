import { senderOf } from './mailer.ts'

/** What a mail server reported of a message of ours: it came back for good, or may still arrive. */
export interface Bounce {
  outboxId: string
  isFinal: boolean
  /** An enhanced status code (RFC 3463) such as 5.1.1. */
  status: string
}

// Of a report only these two parts are read: what became of it (RFC 3464), and what it was (RFC 3462).
const REPORTS = ['message/delivery-status', 'message/global-delivery-status']
const ORIGINALS = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']

/**
 * Reads a delivery report as a mail server hands it over. Undefined where it is none, or not about a message of ours:
 * whatever else it says is believed of nobody.
 */
export async function readBounce(source: Uint8Array, mailFrom: string): Promise<Bounce | undefined> {
  const { default: PostalMime } = await import('postal-mime')
  const { attachments } = await PostalMime.parse(source, { forceRfc822Attachments: true })
  const partOf = (types: string[]) => {
    const part = attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()))
    return part && textOf(part.content)
  }
  const report = partOf(REPORTS)
  const outboxId = outboxIdIn(partOf(ORIGINALS), mailFrom)
  if (!report || !outboxId) return undefined
  const recipients = report.split(/\r?\n\s*\r?\n/).flatMap((group) => {
    const [action, status] = [
      field(group, 'action')?.toLowerCase(),
      /\d\.\d{1,3}\.\d{1,3}/.exec(field(group, 'status') ?? ''),
    ]
    return action && status ? [{ action, status: status[0] }] : []
  })
  // "Delayed" is tried on by whoever says so; "failed" with a passing reason is one that was tried long enough.
  const failed = recipients.find(({ action }) => action === 'failed')
  const any = failed ?? recipients[0]
  return any && { outboxId, isFinal: failed !== undefined, status: any.status }
}

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

/** A header field with its folded lines put together. */
function field(headers: string, name: string): string | undefined {
  const unfolded = headers.replace(/\r?\n[ \t]+/g, ' ')
  return new RegExp(`^${name}[ \\t]*:[ \\t]*(.+)$`, 'im').exec(unfolded)?.[1]?.trim()
}

function outboxIdIn(original: string | undefined, mailFrom: string): string | undefined {
  const [headers = ''] = original?.split(/\r?\n\r?\n/) ?? []
  const [, id, domain] = /^<([\w-]{1,64})@([^<>@\s]+)>$/.exec(field(headers, 'message-id') ?? '') ?? []
  const ours = senderOf(mailFrom).address.split('@')[1]
  return domain && domain.toLowerCase() === ours?.toLowerCase() ? id : undefined
}
