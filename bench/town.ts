import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { hashPassword } from '../src/actions/access/passwords.ts'
import { deriveKey } from '../src/config.ts'
import { addDays, londonDay } from '../src/domain/day.ts'
import { searchName } from '../src/domain/person.ts'
import { WARDS } from '../src/domain/place.ts'
import { referenceFrom } from '../src/domain/reference.ts'
import { type AuditEntry, digestOf, sealOf } from '../src/store/audit-digest.ts'
import { headFileOf, writeHead } from '../src/store/audit-head.ts'
import { migrate } from '../src/store/migrate.ts'
import { pick, somebody } from './requests.ts'
import { SECRET } from './servers.ts'

export const PASSWORD = 'a-password-of-the-bench'
export const PRACTICES = 20
const NAVIGATORS = 20
const GROUPS = 40
const OPEN_PART = 0.06

type Row = Record<string, string | number | null>

/** A town without a referral in it: practices, one navigation service, projects; everybody signs in with PASSWORD. */
export async function buildTown(file: string): Promise<void> {
  await migrate(`file:${file}`)
  const db = new Sqlite(file)
  const at = new Date(Date.now() - 400 * 86_400_000).toISOString()
  const passwordHash = await hashPassword(PASSWORD)
  const organisation = (id: string, kind: string, more: Row = {}) =>
    put(db, 'organisations', {
      id,
      slug: id,
      name: id,
      kind,
      email: `team@${id}.example`,
      is_default_service: 0,
      ...more,
    })
  const user = (id: string, organisationId: string, role: string) => {
    put(db, 'users', {
      id,
      email: `${id}@bench.example`,
      name: `${id} Bench`,
      password_hash: passwordHash,
      created_at: at,
    })
    put(db, 'memberships', { id: `m-${id}`, user_id: id, organisation_id: organisationId, role, created_at: at })
  }
  organisation('service', 'navigation_service', { is_default_service: 1 })
  for (let nth = 0; nth < NAVIGATORS; nth++) user(`navigator-${nth}`, 'service', 'navigator')
  user('lead', 'service', 'triage_lead')
  user('admin', 'service', 'organisation_admin')
  organisation('operator', 'operator')
  user('operator-0', 'operator', 'system_admin')
  for (let nth = 0; nth < PRACTICES; nth++) {
    organisation(`practice-${nth}`, 'gp_practice', { ods_code: `B${10_000 + nth}` })
    user(`referrer-${nth}`, `practice-${nth}`, 'referrer')
  }
  for (let nth = 0; nth < GROUPS; nth++) {
    const provider = `provider-${nth}`
    organisation(provider, 'provider')
    user(`worker-${nth}`, provider, 'provider_worker')
    const whose = { provider_organisation_id: provider, rules: '[]' }
    const project = {
      id: `project-${nth}`,
      slug: `project-${nth}`,
      name: `Project ${nth}`,
      summary: 'Something to do.',
    }
    put(db, 'projects', { ...project, ...whose, needs: '["loneliness","food"]', is_crisis: 0, is_listed: 1 })
    const group = {
      id: `group-${nth}`,
      version: 1,
      project_id: `project-${nth}`,
      name: `Group ${nth}`,
      schedule: 'Thursdays',
    }
    const places = {
      capacity_kind: 'places',
      places: 1000,
      capacity_confirmed_at: new Date().toISOString(),
      intake_paused: 0,
    }
    put(db, 'groups', { ...group, ...whose, ...places, venue: 'The hall' })
  }
  db.close()
}

const CLOSED = ['completed', 'completed', 'completed', 'closed_early', 'disengaged', 'unreachable', 'not_suitable']
const OPEN = [
  ['submitted', 'triage'],
  ['assigned', 'first_contact'],
  ['contacted', 'plan'],
  ['active', 'review'],
  ['active', 'review'],
  ['active', 'agree_next'],
  ['on_hold', 'restart'],
] as const

/**
 * Writes so many referrals of the last year straight into the tables, with their people, grants, events, audit rows,
 * messages and placements. Most have ended, as in any service that is a year old.
 */
export async function fillTown(file: string, count: number, say: (done: number) => void = () => {}): Promise<void> {
  const db = new Sqlite(file)
  // Nothing to lose: a town that is cut off half-way is built again.
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -200000', 'locking_mode = EXCLUSIVE'])
    db.pragma(pragma)
  // Built at the end, all at once, they take a fraction of the time.
  const indexes = db.prepare("select name, sql from sqlite_schema where type = 'index' and sql is not null").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of indexes) db.exec(`drop index "${name}"`)
  // A list reads no history, and that of a million would take most of the time.
  const writer = new Writer(db, count <= 200_000)
  const yearMs = 365 * 86_400_000
  const start = Date.now() - yearMs - 3_600_000
  for (let first = 0; first < count; first += 20_000) {
    db.transaction(() => {
      for (let nth = first; nth < Math.min(count, first + 20_000); nth++) {
        const at = new Date(start + (nth / count) * yearMs)
        writeReferral(writer, nth, at, nth > count * (1 - OPEN_PART))
      }
    })()
    say(Math.min(count, first + 20_000))
  }
  for (const { sql } of indexes) db.exec(sql)
  db.pragma('journal_mode = WAL')
  db.close()
  await writeHead(headFileOf(`file:${file}`), { ...writer.head, at: new Date() })
}

function writeReferral(writer: Writer, nth: number, receivedAt: Date, isOpen: boolean): void {
  const at = receivedAt.toISOString()
  const id = uuidv7At(receivedAt)
  const personId = uuidv7At(receivedAt)
  const practice = nth % PRACTICES
  const navigator = `navigator-${nth % NAVIGATORS}`
  const [status, step] = isOpen ? pick(OPEN) : [pick(CLOSED), null]
  const closedAt = isOpen ? null : new Date(receivedAt.getTime() + 40 * 86_400_000).toISOString()
  const changedAt = closedAt ?? new Date(receivedAt.getTime() + 86_400_000).toISOString()
  const someone = somebody()
  writer.put('people', {
    id: personId,
    version: 1,
    full_name: someone.fullName,
    search_name: searchName(someone.fullName),
    date_of_birth: someone.dateOfBirth,
    nhs_number: someone.nhsNumber ?? null,
    address_lines: '["12 Canal Walk","Southampton"]',
    postcode: someone.postcode,
    ward_code: WARDS[nth % WARDS.length]?.code ?? null,
    no_fixed_address: 0,
    phone: someone.phone,
    email: someone.email,
    practice_ods_code: `B${10_000 + practice}`,
    gender: pick(['woman', 'man']),
    interpreter: nth % 10 === 0 ? 1 : 0,
    safe_contact: '{"voicemail":true,"text":true,"email":true,"post":true}',
    facts: '{}',
    tell_practice: 1,
    created_at: at,
  })
  const isTaken = status !== 'submitted'
  writer.put('referrals', {
    id,
    version: 1,
    reference: referenceFrom(Uint8Array.from({ length: 7 }, (_, place) => Math.floor(nth / 24 ** place) % 24)),
    person_id: personId,
    status,
    priority: nth % 9 === 0 ? 'priority' : 'routine',
    origin: 'gp_practice',
    referring_organisation_id: `practice-${practice}`,
    referred_by: `referrer-${practice}`,
    receiving_organisation_id: 'service',
    navigator_id: isTaken ? navigator : null,
    reason: 'Lives alone since the spring and hardly leaves the house. Would like to meet people, and used to garden.',
    what_matters_to_me: 'Being among people again.',
    needs: JSON.stringify([pick(['loneliness', 'low_mood', 'housing', 'food']), 'something_else']),
    strengths: '[]',
    project_basis: 'consent',
    received_at: at,
    contacted_at: isTaken ? changedAt : null,
    closed_at: closedAt,
    closing_reason: closedAt && 'As agreed',
    closing_summary:
      closedAt && 'Went to the garden group for six weeks and made two friends there. Goes on by herself.',
    is_direct: 0,
    before_status: status === 'on_hold' ? 'active' : null,
    before_step: status === 'on_hold' ? 'review' : null,
    restarts_on: status === 'on_hold' ? addDays(londonDay(new Date()), 9) : null,
    next_owner_kind: step && 'navigator',
    next_owner_id: step && 'service',
    next_step: step,
    next_due_on: step && addDays(londonDay(new Date()), (nth % 20) - 5),
    changed_at: changedAt,
  })
  if (nth % 7 === 0)
    writer.put('risks', {
      id: uuidv7At(receivedAt),
      referral_id: id,
      kind: 'lone_visiting',
      detail: 'Two people visit.',
    })
  if (isTaken)
    writer.put('contacts', {
      id: uuidv7At(receivedAt),
      referral_id: id,
      outcome: 'spoke',
      channel: 'phone',
      made_by: navigator,
      made_at: changedAt,
    })
  writer.put('grants', {
    id: uuidv7At(receivedAt),
    person_id: personId,
    referral_id: id,
    organisation_id: 'service',
    basis: 'consent',
    recorded_by: `referrer-${practice}`,
    granted_at: at,
  })
  if (writer.hasHistory) writeHistory(writer, { nth, at, referralId: id, status, userId: `referrer-${practice}` })
  if (status === 'active' || status === 'completed')
    writePlacement(writer, { nth, at, referralId: id, personId, isOpen, changedAt })
}

function writeHistory(
  writer: Writer,
  {
    nth,
    at,
    referralId,
    status,
    userId,
  }: { nth: number; at: string; referralId: string; status: string; userId: string },
): void {
  const moment = new Date(at)
  const eventId = uuidv7At(moment)
  const by = { actor_kind: 'user', actor_id: userId, organisation_id: `practice-${nth % PRACTICES}`, at }
  const about = { subject_kind: 'referral', subject_id: referralId }
  writer.put('events', {
    id: eventId,
    type: 'referral.submitted',
    ...about,
    subject_version: 1,
    referral_id: referralId,
    from_status: 'new',
    to_status: status,
    detail: '{}',
    changes: JSON.stringify({ status: [null, status], priority: [null, 'routine'], needs: [null, ['loneliness']] }),
    ...by,
  })
  writer.audit({
    id: uuidv7At(moment),
    at: moment,
    actorKind: 'user',
    actorId: userId,
    organisationId: by.organisation_id,
    action: 'referral.submitted',
    subjectKind: 'referral',
    subjectId: referralId,
    eventId,
    requestId: uuidv7At(moment),
    detail: { event: '0123456789012345678901234567890123456789012' },
  })
  writer.put('outbox', {
    id: uuidv7At(moment),
    notice: 'referral-received',
    to_kind: 'organisation',
    to_id: 'service',
    referral_id: referralId,
    event_id: eventId,
    created_at: at,
    next_attempt_at: at,
    attempts: 1,
    sent_at: at,
    outcome: 'sent',
  })
}

interface Placed {
  nth: number
  at: string
  referralId: string
  personId: string
  isOpen: boolean
  changedAt: string
}

function writePlacement(writer: Writer, { nth, at, referralId, personId, isOpen, changedAt }: Placed): void {
  const group = nth % GROUPS
  const [status, step] = isOpen
    ? pick([
        ['sent', 'decide'],
        ['accepted', 'first_session'],
        ['started', 'register'],
      ] as const)
    : ['completed', null]
  const id = uuidv7At(new Date(at))
  const isIn = status !== 'sent'
  writer.put('placements', {
    id,
    version: 1,
    referral_id: referralId,
    group_id: `group-${group}`,
    project_id: `project-${group}`,
    provider_organisation_id: `provider-${group}`,
    receiving_organisation_id: 'service',
    status,
    reason: null,
    sent_at: at,
    accepted_at: isIn ? changedAt : null,
    started_at: isIn && status !== 'accepted' ? changedAt : null,
    ended_at: status === 'completed' ? changedAt : null,
    missed_in_a_row: 0,
    provider_days_used: 0,
    paused_by_hold: 0,
    next_owner_kind: step && 'organisation',
    next_owner_id: step && `provider-${group}`,
    next_step: step,
    next_due_on: step && addDays(londonDay(new Date()), nth % 20),
    changed_at: changedAt,
  })
  writer.put('grants', {
    id: uuidv7At(new Date(at)),
    person_id: personId,
    referral_id: referralId,
    placement_id: id,
    organisation_id: `provider-${group}`,
    basis: 'consent',
    recorded_by: `navigator-${nth % NAVIGATORS}`,
    granted_at: at,
    ended_at: status === 'completed' ? changedAt : null,
  })
}

// The ids of a year sort by their moments, as the service's own do.
function uuidv7At(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${uuidv7().slice(14)}`
}

function put(db: Sqlite.Database, table: string, row: Row): void {
  new Writer(db).put(table, row)
}

/** One prepared statement for each set of columns. */
class Writer {
  readonly #db: Sqlite.Database
  readonly #statements = new Map<string, Sqlite.Statement>()
  readonly #key = deriveKey(SECRET, 'audit')
  readonly hasHistory: boolean
  head = { sequence: 0, seal: '' }

  constructor(db: Sqlite.Database, hasHistory = true) {
    this.#db = db
    this.hasHistory = hasHistory
  }

  /** An audit row with its place in the chain, as the sealing job would have left it. */
  audit(entry: AuditEntry): void {
    const digest = digestOf(this.#key, entry)
    const sequence = this.head.sequence + 1
    const seal = sealOf(this.#key, { previousSeal: this.head.seal, digest, sequence })
    this.head = { sequence, seal }
    this.put('audit_rows', {
      id: entry.id,
      at: entry.at.toISOString(),
      actor_kind: entry.actorKind,
      actor_id: entry.actorId,
      organisation_id: entry.organisationId,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      event_id: entry.eventId,
      request_id: entry.requestId,
      detail: JSON.stringify(entry.detail),
      digest,
      sequence,
      seal,
    })
  }

  put(table: string, row: Row): void {
    const columns = Object.keys(row)
    const key = `${table} ${columns.length}`
    let statement = this.#statements.get(key)
    if (!statement) {
      statement = this.#db.prepare(
        `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      )
      this.#statements.set(key, statement)
    }
    statement.run(...Object.values(row))
  }
}
