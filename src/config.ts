import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** Shown in .env.example and on the sign-in page of the demonstration, so never good enough for anything else. */
export const DEFAULT_SECRET = 'replace-this-with-32-or-more-random-characters'
export const DEFAULT_DEMO_PASSWORD = 'demo-city-password'

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

function isCidr(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const whole = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number)
const oneOf = <T extends string>(...words: [T, ...T[]]) => z.enum(words, { error: `must be ${words.join(' or ')}` })
const list = () => z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))

function isAddress(text: string, ...protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

const Settings = z.object({
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  PORT: whole(0, 65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  BASE_URL: z
    .string()
    .refine((text) => isAddress(text, 'http:', 'https:') && new URL(text).pathname === '/', {
      error: 'must be an address without a path, like https://trellis.example.org',
    })
    .transform((text) => new URL(text).origin)
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.|(file|sqlite):.|[./])/, 'must be postgres://… or file:./path/to/a.sqlite')
    .default('file:./data/service.sqlite'),
  SMTP_URL: z
    .string()
    .refine((text) => isAddress(text, 'smtp:', 'smtps:'), { error: 'must be smtp://… or smtps://…' })
    .optional(),
  MAIL_FROM: z.string().default('Trellis <no-reply@trellis.example>'),
  SECRET: z.string({ error: 'must be set' }).refine((text) => Buffer.byteLength(text) >= 32, {
    error: 'must have 32 characters or more',
  }),
  DEMO: oneOf('0', '1').optional(),
  DEMO_PASSWORD: z.string().min(12, 'must have 12 characters or more').default(DEFAULT_DEMO_PASSWORD),
  TRUST_PROXY: list()
    .refine((entries) => entries.every(isCidr), { error: 'must be addresses or networks, like 10.0.0.0/8' })
    .default([]),
  OUTBOX_RETRY_BASE_MS: whole(1, 86_400_000).default(60_000),
  JOBS: oneOf('on', 'off').default('on'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').optional(),
  CLOCK: z.iso
    .datetime({ offset: true, error: 'must be a moment with its zone, like 2026-12-01T09:00:00Z' })
    .transform((text) => new Date(text))
    .optional(),
  IMPORT_HOSTS: list().default([]),
})

type Environment = Record<string, string | undefined>

export const SETTINGS = Object.keys(Settings.shape)

const isDemo = (env: Environment) => (env.DEMO ? env.DEMO === '1' : env.NODE_ENV !== 'production')

function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.includes(new URL(address).hostname.replace(/[[\]]/g, ''))
}

// Asked of the raw words, so that what is unsafe is said together with what is malformed.
function unsafe(env: Environment): string[] {
  const host = env.HOST ?? '127.0.0.1'
  const isProduction = env.NODE_ENV === 'production'
  const isOpenPassword = (env.DEMO_PASSWORD ?? DEFAULT_DEMO_PASSWORD) === DEFAULT_DEMO_PASSWORD
  const base = env.BASE_URL ?? ''
  const faults = [
    isDemo(env) &&
      !LOOPBACK.includes(host) &&
      `HOST is ${host}, but the demonstration listens on this machine only: use 127.0.0.1, or set DEMO=0`,
    isDemo(env) &&
      base !== '' &&
      !isOnThisMachine(base) &&
      `BASE_URL is ${base}, but the demonstration is for this machine only: set DEMO=0`,
    isProduction &&
      base === '' &&
      !LOOPBACK.includes(host) &&
      'BASE_URL is missing: say the https address under which people reach the service',
    isProduction && env.SECRET === DEFAULT_SECRET && 'SECRET is the example: make one with openssl rand -base64 48',
    isProduction && env.CLOCK && 'CLOCK is for tests only: production keeps real time',
    isProduction &&
      isOpenPassword &&
      isDemo(env) &&
      'DEMO_PASSWORD is the published one: choose another, or set DEMO=0',
    isProduction &&
      isAddress(base, 'http:') &&
      !isOnThisMachine(base) &&
      'BASE_URL must be https in production: sign-ins would cross the network in the clear',
  ]
  return faults.filter((fault) => typeof fault === 'string')
}

/** Thrown with every fault of the settings at once, one a line. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault'

  constructor(faults: string[]) {
    super(['The settings are not right:', ...faults.map((fault) => `  - ${fault}`)].join('\n'))
  }
}

/** Reads the settings from an environment. Empty means not set. */
export function configFrom(environment: Environment) {
  const env: Environment = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(env)
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const faults = [...malformed, ...unsafe(env)]
  if (!parsed.success || faults.length > 0) throw new SettingsFault(faults)
  const { data } = parsed
  const host = data.HOST.includes(':') ? `[${data.HOST}]` : data.HOST
  const baseUrl = data.BASE_URL ?? `http://${host}:${data.PORT}`
  return {
    isProduction: data.NODE_ENV === 'production',
    port: data.PORT,
    host: data.HOST,
    /** The outside address, without a slash at the end. */
    baseUrl,
    isSecure: baseUrl.startsWith('https:'),
    databaseUrl: data.DATABASE_URL,
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM,
    secret: data.SECRET,
    isDemo: isDemo(env),
    demoPassword: data.DEMO_PASSWORD,
    trustProxy: data.TRUST_PROXY,
    outboxRetryBaseMs: data.OUTBOX_RETRY_BASE_MS,
    runsJobs: data.JOBS === 'on',
    logLevel: data.LOG_LEVEL ?? (data.NODE_ENV === 'production' ? 'info' : 'warn'),
    clock: data.CLOCK ?? null,
    importHosts: data.IMPORT_HOSTS,
  }
}
export type Config = ReturnType<typeof configFrom>

/** The settings of this process. Outside production a missing SECRET is made once and kept beside the database. */
export function loadConfig(env: Environment = process.env): Config {
  if (env.SECRET || env.NODE_ENV === 'production') return configFrom(env)
  return configFrom({ ...env, SECRET: keptSecret(env.DATABASE_URL || 'file:./data/service.sqlite') })
}

/** Where this process keeps what is its own: beside the SQLite file, else in data/. */
export function dataFolder(databaseUrl: string): string {
  const isFile = !/^postgres(ql)?:/i.test(databaseUrl)
  return isFile ? dirname(databaseUrl.replace(/^(file|sqlite):(\/\/)?/, '')) : 'data'
}

function keptSecret(databaseUrl: string): string {
  const folder = dataFolder(databaseUrl)
  const file = join(folder, 'secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const secret = randomBytes(48).toString('base64url')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** One secret, several keys: what signs a token must not also seal the audit. */
export function deriveKey(secret: string, purpose: 'audit' | 'tokens' | 'forms' | 'links'): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `trellis/${purpose}`, 32))
}

/** The time, or with CLOCK the time as it would be had the process started then. */
export function clockOf({ clock }: Pick<Config, 'clock'>): () => Date {
  const ahead = clock ? clock.getTime() - Date.now() : 0
  return () => new Date(Date.now() + ahead)
}
