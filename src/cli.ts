import './environment.ts'
import { text } from 'node:stream/consumers'
import { Command, InvalidArgumentError } from 'commander'
import { createUser } from './actions/access/create-user.ts'
import { ChainBroken } from './actions/audit/audit-head.ts'
import { verifyAudit } from './actions/audit/verify-audit.ts'
import { PromisesBroken } from './actions/clocks/check-invariants.ts'
import { SomeFailed } from './actions/clocks/sweep.ts'
import type { Context, Log } from './actions/context.ts'
import { indexDirectory } from './actions/directory/index-directory.ts'
import { importGeography } from './actions/geography/import-geography.ts'
import { indexPeople } from './actions/people/index-people.ts'
import { addBounceCommand } from './cli-bounce.ts'
import { addDirectoryCommands } from './cli-directory.ts'
import { addWordsCommand } from './cli-words.ts'
import { type Config, clockOf, loadConfig, SettingsFault } from './config.ts'
import { isDay, londonDay } from './domain/day.ts'
import { SourceFault } from './domain/directory-source.ts'
import type { OrganisationKind, Role } from './domain/organisation.ts'
import { Refusal } from './domain/refusal.ts'
import { type Outcome, runJob, UnknownJob } from './jobs/clockwork.ts'
import type { GeographyPaths } from './load-geography.ts'
import { MailServerDown } from './mail/mailer.ts'
import { jobDepsOf, openContext } from './open-context.ts'
import { WrongFile } from './standards/geography-files.ts'
import { writeHead } from './store/audit-head.ts'
import { backUpSqlite } from './store/backup.ts'
import { engineOf } from './store/columns.ts'
import { withoutParameters } from './store/failures.ts'
import { findDamage } from './store/integrity.ts'
import { migrate } from './store/migrate.ts'
import { findBrokenPromises } from './store/promises.ts'

const say = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`)
const complain = (...lines: string[]) => process.stderr.write(`${lines.join('\n')}\n`)

// What a command has to say is its output: the log keeps to what went wrong.
const log: Log = {
  info: () => {},
  warn: (_, message) => complain(message),
  error: (facts, message) => complain([message, 'err' in facts ? String(facts.err) : ''].filter(Boolean).join(': ')),
}

/** Thrown where all is said already and only the exit code is left. */
class Failed extends Error {}

async function withContext<T>(
  work: (context: Context, config: Config) => Promise<T>,
  how: { isFilling?: boolean } = {},
): Promise<T> {
  const config = loadConfig()
  const context = await openContext(config, log, how)
  try {
    return await work(context, config)
  } finally {
    await context.db.close()
  }
}

async function bringUpToDate({ databaseUrl }: Config): Promise<void> {
  const { applied } = await migrate(databaseUrl)
  say(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date')
  const indexed = await withContext(indexPeople)
  if (indexed > 0) say(`${indexed} people can now be found by the sound of their names`)
  const entries = await withContext((context) => indexDirectory(context))
  if (entries > 0) say(`${entries} projects can now be found by their words`)
}

const program = new Command('trellis').description('Trellis from the command line.').showHelpAfterError()

program
  .command('migrate')
  .description('bring the database up to date')
  .action(() => bringUpToDate(loadConfig()))

interface UserOptions {
  email: string
  name: string
  role: Role
  organisation: string
  organisationName?: string
  organisationKind?: OrganisationKind
}

program
  .command('create-user')
  .description('let somebody sign in; somebody who can already joins another organisation')
  .requiredOption('--email <address>')
  .requiredOption('--organisation <slug>', 'short name, as in the address of its pages')
  .requiredOption('--role <role>')
  .option('--name <name>', 'as colleagues see it; the address where nothing is said')
  .requiredOption('--password-stdin', 'read the password from standard input, so that no history keeps it')
  .option('--organisation-name <name>', 'make the organisation where it does not exist')
  .option('--organisation-kind <kind>', 'of an organisation to make')
  .action(async ({ email, name, role, organisation, organisationName, organisationKind: kind }: UserOptions) => {
    const password = (await text(process.stdin)).replace(/\r?\n$/, '')
    const isMade = organisationName !== undefined && kind !== undefined
    const newOrganisation = isMade ? { newOrganisation: { name: organisationName, kind } } : {}
    const user = { email, name: name ?? email, role, organisation, password, ...newOrganisation }
    await withContext(async (context) => {
      const { isNew } = await createUser(context, user)
      say(isNew ? `${email} can sign in` : `${email} keeps the password and now belongs to ${organisation} too`)
    })
  })

program
  .command('routes')
  .description('list every way in: method, path, who may use it, operation')
  .option('--json')
  .action(async ({ json }: { json?: boolean }) => {
    const { buildApp } = await import('./app.ts')
    const app = await buildApp(contextWithoutDatabase(), { ...loadConfig(), logLevel: 'silent' })
    await app.ready()
    const book = app.routeBook.map(({ method, path, access, operationId }) => ({ method, path, access, operationId }))
    const line = (route: (typeof book)[number]) =>
      `${route.method.padEnd(7)}${route.path.padEnd(60)}${route.access.padEnd(11)}${route.operationId ?? ''}`.trimEnd()
    say(json ? JSON.stringify(book, null, 2) : book.map(line).join('\n'))
    await app.close()
  })

program
  .command('verify')
  .description('prove the database, its promises and the audit trail; exit code 1 where something is wrong')
  .action(() =>
    withContext(async (context, config) => {
      const damage = await findDamage(config.databaseUrl)
      tell('database: integrity and foreign keys', damage)
      const broken = await findBrokenPromises(context.db.read)
      tell('promises: one next action for whatever is open, no group over its places', broken)
      const audit = await verifyAudit(context, jobDepsOf(config).headFile)
      const since = audit.unsealedSince ? `, the oldest of ${audit.unsealedSince.toISOString()}` : ''
      const faults = audit.faults.map(({ sequence, id, what }) =>
        [sequence && `row ${sequence}`, id, what].filter(Boolean).join(': '),
      )
      tell(`audit trail: ${audit.rows} rows, ${audit.sealed} sealed, ${audit.unsealed} not yet${since}`, faults)
      if (damage.length + broken.length > 0 || !audit.ok) throw new Failed()
    }),
  )

function tell(what: string, faults: string[]): void {
  say(`${faults.length === 0 ? 'ok   ' : 'WRONG'} ${what}`, ...faults.map((fault) => `        ${fault}`))
}

program
  .command('run-job')
  .description('run a job now, or all of them')
  .argument('<name>', 'its name, or all')
  .action((name: string) =>
    withContext(async (context, config) => {
      const deps = jobDepsOf(config)
      try {
        const words = { done: 'done', held: 'another process has it', failed: 'failed' }
        const tell = ({ name, outcome }: Outcome) => say(`${name}: ${words[outcome]}`)
        const outcomes = await runJob(context, deps, name, { tell })
        if (outcomes.some(({ outcome }) => outcome === 'held')) throw new Failed()
      } finally {
        deps.post.mailer?.close()
      }
    }),
  )

program
  .command('backup')
  .description('copy the database while it is in use, and prove the copy')
  .argument('<file>')
  .action(async (file: string) => {
    const config = loadConfig()
    if (engineOf(config.databaseUrl) === 'postgres') {
      complain(
        `A PostgreSQL server has its own tool: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
        `Keep ${jobDepsOf(config).headFile} with it: it proves that the audit trail is whole.`,
      )
      throw new Failed()
    }
    const backup = await backUpSqlite(config.databaseUrl, file)
    say(`${backup.file}: ${backup.bytes} bytes, integrity proved`)
    if (!backup.head) return
    const note = `${backup.file}.audit-head.json`
    await writeHead(note, { ...backup.head, at: new Date() })
    say(`${note}: the audit trail in it reaches row ${backup.head.sequence}`)
  })

const wholeNumber = (value: string): number => {
  if (!/^\d{1,7}$/.test(value)) throw new InvalidArgumentError('must be a whole number.')
  return Number(value)
}
const calendarDay = (value: string): string => {
  if (!isDay(value)) throw new InvalidArgumentError('must be a day like 2026-12-03.')
  return value
}

program
  .command('seed')
  .description('fill an empty database with the demonstration city')
  .option('--referrals <count>', 'how many; 600 where nothing is said, and 80 fill every page', wholeNumber)
  .option('--seed <number>', 'another one gives another city', wholeNumber)
  .option('--as-of <day>', 'the day on which it is looked at; today where nothing is said', calendarDay)
  .action(async (options: { referrals?: number; seed?: number; asOf?: string }) => {
    const config = loadConfig()
    if (!config.isDemo) throw new Refusal('not-allowed', 'The demonstration is off: set DEMO=1 to fill this database.')
    const { isCityEmpty, seedDemoCity } = await import('./demo/city.ts')
    await bringUpToDate(config)
    const isEmpty = await withContext((context) => isCityEmpty(context))
    if (!isEmpty) throw new Refusal('not-allowed', 'This database is not empty.')
    const fill = async (context: Context) => {
      const { headFile } = jobDepsOf(config)
      await seedDemoCity(context, { ...options, password: config.demoPassword, headFile, onProgress: progress() })
    }
    await withContext(fill, { isFilling: true })
    say('The city is ready')
  })

program
  .command('geography')
  .description('official geography')
  .command('import')
  .description('load official files in the layout in which they are published; any of them, any authority')
  .option('--nspl <file>', 'postcodes: NSPL or ONSPD, as CSV')
  .option('--imd <file>', 'deprivation: File 7 of the English indices, as CSV')
  .option('--wards <file>', 'the look-up from neighbourhoods (LSOA) to wards, as CSV')
  .option('--practices <file>', 'GP practices: epraccur, as CSV')
  .action(async (paths: GeographyPaths) => {
    const { checkFiles, ShowReading } = await import('./load-geography.ts')
    const shown = new ShowReading()
    const files = await checkFiles(paths, shown)
    await withContext((context) => importGeography(context, files, shown))
    shown.done()
  })

addBounceCommand(program, { withContext, say })
addWordsCommand(program, {
  today: () => londonDay(clockOf(loadConfig())()),
  say,
  complain,
  failed: () => new Failed(),
})
addDirectoryCommands(program, { withContext, say, complain, failed: () => new Failed() })

const BAR = 30

/** A bar that grows on a terminal; elsewhere one line for each tenth. */
function progress(): (done: number, all: number) => void {
  let toldTenths = 0
  return (done, all) => {
    const filled = Math.floor((done * BAR) / all)
    const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}]`
    if (process.stderr.isTTY) process.stderr.write(`\r${bar} ${done} of ${all} referrals${done === all ? '\n' : ''}`)
    else if (Math.floor((done * 10) / all) > toldTenths) {
      toldTenths = Math.floor((done * 10) / all)
      complain(`${done} of ${all} referrals`)
    }
  }
}

/** For building the app without opening a database: whoever asks it anything is told so. */
function contextWithoutDatabase(): Context {
  const refuse = () => {
    throw new Error('This command does not open the database.')
  }
  const db = { engine: engineOf(''), tally: { units: 0, commits: 0, retries: 0 }, write: refuse, close: refuse }
  const read = new Proxy({} as Context['db']['read'], { get: refuse })
  const nothing = {
    now: refuse,
    newId: refuse,
    randomBytes: refuse,
    auditKey: new Uint8Array(),
    linkKey: new Uint8Array(),
  }
  return { ...nothing, db: { ...db, read }, log, requestId: null }
}

async function obey(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (error) {
    const safe = withoutParameters(error)
    // What whoever types the command can put right is told without a stack.
    const plain = [
      SettingsFault,
      SourceFault,
      Refusal,
      WrongFile,
      UnknownJob,
      MailServerDown,
      ChainBroken,
      PromisesBroken,
      SomeFailed,
    ]
    const isPlain = plain.some((kind) => safe instanceof kind)
    if (!(safe instanceof Failed))
      complain(String(safe instanceof Error ? (isPlain ? safe.message : safe.stack) : safe))
    process.exitCode ??= 1
  }
}

export const obeyed = obey()
