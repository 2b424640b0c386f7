import './environment.ts'
import { existsSync, renameSync, rmSync } from 'node:fs'
import closeWithGrace from 'close-with-grace'
import { indexDirectory } from './actions/directory/index-directory.ts'
import { indexPeople } from './actions/people/index-people.ts'
import { buildApp } from './app.ts'
import { type Config, loadConfig, SettingsFault } from './config.ts'
import { holdsDemoCity } from './demo/store.ts'
import { startJobs } from './jobs/clockwork.ts'
import { openLog } from './logger.ts'
import { jobDepsOf, openContext } from './open-context.ts'
import { engineOf } from './store/columns.ts'
import { migrate } from './store/migrate.ts'
import { fileOf } from './store/sqlite.ts'

// The inventing of a city is brought in only where one is shown.
const demoCity = () => import('./demo/city.ts')

type Log = ReturnType<typeof openLog>

const say = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`)

async function start(config: Config): Promise<void> {
  const log = openLog(config.logLevel)
  await prepare(config, log)
  const context = await openContext(config, log)
  if (config.isProduction && !config.isDemo && (await holdsDemoCity(context.db.read)))
    throw new SettingsFault([
      'DATABASE_URL names a database of the demonstration, whose password is published: use another',
    ])
  const app = await buildApp(context, config, log)
  await app.listen({ host: config.host, port: config.port })
  const jobs = config.runsJobs ? startJobs(context, jobDepsOf(config)) : undefined
  if (!config.isDemo && !config.smtpUrl) log.warn({}, 'SMTP_URL is not set: e-mail waits in the outbox')
  await greet(config)

  closeWithGrace({ delay: 15_000, logger: false }, async ({ err, signal }) => {
    if (err) log.error({ err }, 'Closing after an error that nobody caught')
    if (signal === 'SIGINT') say('', 'Closing …')
    // Requests first, then the jobs, whose last act is to seal the audit of both.
    await app.close()
    await jobs?.stop()
    await context.db.close()
  })
}

/** Brings the database up to date, and fills an empty one where this is the demonstration. */
async function prepare(config: Config, log: Log): Promise<void> {
  const file = engineOf(config.databaseUrl) === 'sqlite' ? fileOf(config.databaseUrl) : undefined
  // A city that was interrupted half-way would look like a whole one, so a new file gets its name when it is finished.
  if (config.isDemo && file && !existsSync(file)) {
    const unfinished = `${file}.unfinished`
    const city = { ...config, databaseUrl: `file:${unfinished}` }
    const { headFile } = jobDepsOf(city)
    for (const part of [unfinished, `${unfinished}-wal`, `${unfinished}-shm`, headFile]) rmSync(part, { force: true })
    await fill(city, log)
    // The head of its audit first: a chain without one counts as cut.
    renameSync(headFile, jobDepsOf(config).headFile)
    renameSync(unfinished, file)
    return
  }
  await fill(config, log)
}

async function fill(config: Config, log: Log): Promise<void> {
  const { applied } = await migrate(config.databaseUrl)
  if (applied.length > 0) log.info({ applied }, 'The database was brought up to date')
  const look = await openContext(config, log)
  const indexed = await indexPeople(look)
  if (indexed > 0) log.info({ indexed }, 'People can now be found by the sound of their names')
  const entries = await indexDirectory(look)
  if (entries > 0) log.info({ entries }, 'Projects can now be found by their words')
  const isEmpty = config.isDemo && (await (await demoCity()).isCityEmpty(look))
  await look.db.close()
  if (!isEmpty) return
  say('Filling the empty database with the demonstration city …')
  const context = await openContext(config, log, { isFilling: true })
  const { seedDemoCity } = await demoCity()
  await seedDemoCity(context, { password: config.demoPassword, headFile: jobDepsOf(config).headFile })
  await context.db.close()
}

async function greet({ baseUrl, isDemo, smtpUrl, demoPassword }: Config): Promise<void> {
  say('', `Trellis is open: ${baseUrl}`)
  if (isDemo) {
    const { signIns } = await demoCity()
    say('', `Sign in with the password ${demoPassword} as`)
    say(...signIns().map(({ email, role }) => `  ${email.padEnd(58)} ${role.replace(/_/g, ' ')}`))
  }
  if (isDemo && !smtpUrl) say('', `Sent e-mail is kept at ${baseUrl}/dev/mailbox`)
  say('Ctrl-C stops it.', '')
}

async function begin(): Promise<void> {
  try {
    await start(loadConfig())
  } catch (error) {
    // What whoever starts it can put right is told without a stack.
    const isPlain =
      error instanceof SettingsFault || (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : error}\n`)
    process.exit(1)
  }
}

export const started = begin()
