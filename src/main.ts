import './environment.ts'
import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { type Config, loadConfig, SettingsFault } from './config.ts'
import { isCityEmpty, seedDemoCity, signIns } from './demo/city.ts'
import { startJobs } from './jobs/clockwork.ts'
import { openLog } from './logger.ts'
import { jobDepsOf, openContext } from './open-context.ts'
import { migrate } from './store/migrate.ts'

const say = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`)

async function start(config: Config): Promise<void> {
  const log = openLog(config.logLevel)
  const { applied } = await migrate(config.databaseUrl)
  if (applied.length > 0) log.info({ applied }, 'The database was brought up to date')
  const context = await openContext(config, log)
  if (config.isDemo && (await isCityEmpty(context))) {
    say('Filling the empty database with the demonstration city …')
    await seedDemoCity(context, { password: config.demoPassword })
  }
  const app = await buildApp(context, config)
  await app.listen({ host: config.host, port: config.port })
  const jobs = config.runsJobs ? startJobs(context, jobDepsOf(config)) : undefined
  if (!config.isDemo && !config.smtpUrl) log.warn({}, 'SMTP_URL is not set: e-mail waits in the outbox')
  greet(config)

  closeWithGrace({ delay: 15_000, logger: false }, async ({ err, signal }) => {
    if (err) log.error({ err }, 'Closing after an error that nobody caught')
    if (signal === 'SIGINT') say('', 'Closing …')
    // Requests first, then the jobs, whose last act is to seal the audit of both.
    await app.close()
    await jobs?.stop()
    await context.db.close()
  })
}

function greet({ baseUrl, isDemo, smtpUrl, demoPassword }: Config): void {
  say('', `Trellis is open: ${baseUrl}`)
  if (isDemo) {
    say('', `Sign in with the password ${demoPassword} as`)
    say(...signIns().map(({ email, role }) => `  ${email.padEnd(58)} ${role.replace(/_/g, ' ')}`))
  }
  if (isDemo && !smtpUrl) say('', `Sent e-mail is kept at ${baseUrl}/dev/mailbox`)
  say('Ctrl-C stops it.', '')
}

try {
  await start(loadConfig())
} catch (error) {
  // What whoever starts it can put right is told without a stack.
  const isPlain =
    error instanceof SettingsFault || (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exit(1)
}
