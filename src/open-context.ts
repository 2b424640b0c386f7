import type { Context, Log } from './actions/context.ts'
import { byteMaker, idMaker } from './chance.ts'
import { type Config, clockOf, deriveKey } from './config.ts'
import type { JobDeps } from './jobs/jobs.ts'
import { createMailer, type Mailer, MailServerDown } from './mail/mailer.ts'
import { headFileOf } from './store/audit-head.ts'
import { openDatabase } from './store/database.ts'

/** What every action is given, on the database of the settings, which must have been migrated. Close `db` when done. */
export async function openContext(config: Config, log: Log, how: { isFilling?: boolean } = {}): Promise<Context> {
  return {
    db: await openDatabase(config.databaseUrl, how),
    now: clockOf(config),
    newId: idMaker(),
    randomBytes: byteMaker(),
    auditKey: deriveKey(config.secret, 'audit'),
    linkKey: deriveKey(config.secret, 'links'),
    log,
    requestId: null,
  }
}

/** What jobs need beyond the context. */
export function jobDepsOf(config: Config): JobDeps {
  const { mailFrom: from, baseUrl, outboxRetryBaseMs: retryBaseMs, isDemo: showsDrafts } = config
  return {
    post: { mailer: mailerOf(config), from, baseUrl, retryBaseMs, showsDrafts },
    headFile: headFileOf(config.databaseUrl),
  }
}

/** Null is the mailbox of the demonstration. Elsewhere mail waits in the outbox until there is a server to take it. */
function mailerOf({ smtpUrl, mailFrom, isDemo }: Config): Mailer | null {
  if (smtpUrl) return createMailer(smtpUrl, mailFrom)
  if (isDemo) return null
  const refuse = async () => {
    throw new MailServerDown('SMTP_URL is not set.')
  }
  return { send: refuse, probe: refuse, close: () => {} }
}
