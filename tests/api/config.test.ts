import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  clockOf,
  configFrom,
  DEFAULT_DEMO_PASSWORD,
  DEFAULT_SECRET,
  deriveKey,
  loadConfig,
  SETTINGS,
  SettingsFault,
} from '../../src/config.ts'
import { freshFolder } from '../support/database.ts'

const SECRET = 'x'.repeat(32)

function faultsOf(env: Record<string, string>): string[] {
  try {
    configFrom(env)
    return []
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error
    return error.message.split('\n  - ').slice(1)
  }
}

describe('the settings', () => {
  it('need nothing but a secret', () => {
    expect(configFrom({ SECRET, PORT: '', SMTP_URL: '' })).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://127.0.0.1:3000',
      databaseUrl: 'file:./data/service.sqlite',
      isDemo: true,
      isProduction: false,
      isSecure: false,
      runsJobs: true,
      smtpUrl: null,
      trustProxy: [],
    })
  })

  it('are read', () => {
    const env = {
      SECRET,
      NODE_ENV: 'production',
      PORT: '8080',
      HOST: '0.0.0.0',
      BASE_URL: 'https://trellis.example.org/',
      DATABASE_URL: 'postgres://trellis@db/trellis',
      SMTP_URL: 'smtps://user:pass@mail.example.org',
      TRUST_PROXY: '10.0.0.0/8, 127.0.0.1 ::1',
      JOBS: 'off',
      LOG_LEVEL: 'debug',
      IMPORT_HOSTS: 'directory.example.org',
    }
    expect(configFrom(env)).toMatchObject({
      port: 8080,
      baseUrl: 'https://trellis.example.org',
      isSecure: true,
      isDemo: false,
      runsJobs: false,
      trustProxy: ['10.0.0.0/8', '127.0.0.1', '::1'],
      importHosts: ['directory.example.org'],
      logLevel: 'debug',
    })
  })

  it('tell every fault at once', () => {
    const faults = faultsOf({
      PORT: '70000',
      BASE_URL: 'trellis',
      DATABASE_URL: 'mysql://x',
      SMTP_URL: 'http://x',
      SECRET: 'short',
      DEMO: 'yes',
      DEMO_PASSWORD: 'short',
      TRUST_PROXY: '10.0.0.0/33, everybody',
      OUTBOX_RETRY_BASE_MS: '0',
      JOBS: 'perhaps',
      LOG_LEVEL: 'loud',
      CLOCK: 'noon',
      HOST: '127.0.0.1',
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'BASE_URL',
      'DATABASE_URL',
      'SMTP_URL',
      'SECRET',
      'DEMO',
      'DEMO_PASSWORD',
      'TRUST_PROXY',
      'OUTBOX_RETRY_BASE_MS',
      'JOBS',
      'LOG_LEVEL',
      'CLOCK',
    ])
  })

  it.each([
    ['a demonstration for the whole network', { SECRET, HOST: '0.0.0.0' }, 'HOST'],
    ['production without a secret', { NODE_ENV: 'production' }, 'SECRET'],
    ['production with a short one', { NODE_ENV: 'production', SECRET: 'x'.repeat(31) }, 'SECRET'],
    ['production with the published one', { NODE_ENV: 'production', SECRET: DEFAULT_SECRET }, 'SECRET'],
    ['production at another time', { NODE_ENV: 'production', SECRET, CLOCK: '2026-12-01T09:00:00Z' }, 'CLOCK'],
    [
      'a demonstration in production with the published password',
      { NODE_ENV: 'production', SECRET, DEMO: '1' },
      'DEMO_PASSWORD',
    ],
    ['production in the clear', { NODE_ENV: 'production', SECRET, BASE_URL: 'http://trellis.example.org' }, 'BASE_URL'],
  ])('refuse %s', (_, env, setting) => {
    expect(faultsOf(env).map((fault) => fault.split(' ')[0])).toEqual([setting])
  })

  it('stand in .env.example, all of them and no others', () => {
    const shown = [...readFileSync('.env.example', 'utf8').matchAll(/^# ?([A-Z_]+)=(.*)$/gm)]
    expect(shown.map(([, name]) => name).sort()).toEqual([...SETTINGS].sort())
    const env = Object.fromEntries(shown.map(([, name, value]) => [name ?? '', value ?? '']))
    expect(env).toMatchObject({ SECRET: DEFAULT_SECRET, DEMO_PASSWORD: DEFAULT_DEMO_PASSWORD })
    expect(configFrom(env)).toEqual(configFrom({ SECRET: DEFAULT_SECRET }))
  })
})

describe('the secret', () => {
  it('is made once, beside the database, for this user’s eyes only', () => {
    const folder = join(freshFolder(), 'data')
    const env = { DATABASE_URL: `file:${folder}/service.sqlite` }
    const { secret } = loadConfig(env)
    expect(secret.length).toBeGreaterThanOrEqual(32)
    expect(loadConfig(env).secret).toBe(secret)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('is never made in production', () => {
    const folder = join(freshFolder(), 'data')
    expect(() => loadConfig({ NODE_ENV: 'production', DATABASE_URL: `file:${folder}/x.sqlite` })).toThrow(
      'SECRET must be set',
    )
    expect(existsSync(folder)).toBe(false)
  })

  it('gives a key of its own for each purpose', () => {
    const keys = (['audit', 'tokens', 'forms', 'links'] as const).map((purpose) =>
      deriveKey(SECRET, purpose).toString('hex'),
    )
    expect(new Set(keys).size).toBe(4)
  })
})

it('the clock runs on from the moment it is given', async () => {
  const now = clockOf({ clock: new Date('2026-12-01T09:00:00Z') })
  const first = now().getTime()
  expect(first - Date.parse('2026-12-01T09:00:00Z')).toBeLessThan(1000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(now().getTime()).toBeGreaterThan(first)
})
