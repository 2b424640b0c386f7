import { describe, expect, test } from 'vitest'
import { type Actor, ROLES, type Role } from '../../src/domain/organisation.ts'
import { may, moversFor, PERMISSIONS, type Permission, type Tie, tiesFor } from '../../src/domain/permissions.ts'

const REFERRER = 'referrer:referring navigator:referring triage_lead:referring'
const NAVIGATOR = 'navigator:receiving triage_lead:receiving'
const LEAD = 'triage_lead:receiving'
const PROVIDER = 'provider_worker:provider'
const STAFF = 'referrer:own navigator:own triage_lead:own'
const EVERYBODY = `${STAFF} provider_worker:own organisation_admin:own analyst:own system_admin:own`
const TEAM = 'triage_lead:redirected navigator:redirected'
const NOBODY = ''

/** The model, sections 2, 3 and 5, written again by hand: role and tie of everybody who may. */
// biome-ignore format: a table reads as a table
const EXPECTED: Record<Permission, string> = {
  'referral.create': STAFF,
  'referral.view': `${REFERRER} ${NAVIGATOR} ${TEAM}`,
  'referral.view-work': NAVIGATOR,
  'risk.read': NAVIGATOR,
  'risk.read-sealed': LEAD,
  'person.change': NAVIGATOR,
  'person.merge': NAVIGATOR,
  'placement.view': `${PROVIDER} ${NAVIGATOR}`,
  'placement.arrange': `${PROVIDER} ${NAVIGATOR}`,
  'group.change': `${PROVIDER} organisation_admin:provider`,
  'project.change': `${PROVIDER} organisation_admin:provider`,
  'agreement.end': 'system_admin:own',
  'directory.import': 'system_admin:own',
  'glass.break': 'system_admin:own',
  'glass.report': 'system_admin:own organisation_admin:referring organisation_admin:receiving',
  'look.report': 'organisation_admin:referring organisation_admin:receiving organisation_admin:provider',
  'message.list': `${STAFF} provider_worker:own`,
  'search.use': `${STAFF} provider_worker:own`,
  'geography.import': 'system_admin:own',
  'locality.change': 'organisation_admin:own triage_lead:own',
  'service.configure': 'organisation_admin:own',
  'directory.view': EVERYBODY,
  'colleague.change': 'organisation_admin:own',
  'colleague.list': 'navigator:own triage_lead:own organisation_admin:own',
  'referral.submit': REFERRER,
  'referral.submitDirect': REFERRER,
  'referral.assign': NAVIGATOR,
  'referral.reassign': LEAD,
  'referral.release': NOBODY,
  'referral.watch': NOBODY,
  'referral.remind': NOBODY,
  'referral.askCall': NOBODY,
  'referral.askOwnLink': NOBODY,
  'referral.signpost': NAVIGATOR,
  'referral.answerSignpost': NAVIGATOR,
  'referral.recordUnmet': NAVIGATOR,
  'referral.ask': NAVIGATOR,
  'referral.answer': REFERRER,
  'referral.attempt': NAVIGATOR,
  'referral.contact': NAVIGATOR,
  'referral.activate': NAVIGATOR,
  'referral.place': NAVIGATOR,
  'referral.handBack': NOBODY,
  'referral.redirect': NAVIGATOR,
  'referral.transfer': `${NAVIGATOR} ${TEAM}`,
  'referral.turnBack': `${NAVIGATOR} ${TEAM}`,
  'referral.fallBack': NOBODY,
  'referral.hold': NAVIGATOR,
  'referral.resume': NAVIGATOR,
  'referral.complete': NAVIGATOR,
  'referral.closeEarly': NAVIGATOR,
  'referral.giveUp': NAVIGATOR,
  'referral.turnAway': NAVIGATOR,
  'referral.recordDeath': NAVIGATOR,
  'referral.withdraw': `${REFERRER} ${NAVIGATOR}`,
  'referral.reopen': NAVIGATOR,
  'referral.undo': `${REFERRER} ${NAVIGATOR} ${TEAM}`,
  'placement.askStillWanted': NOBODY,
  'placement.nudge': NOBODY,
  'placement.escalate': NOBODY,
  'placement.remind': NOBODY,
  'placement.attempt': PROVIDER,
  'placement.send': NAVIGATOR,
  'placement.open': PROVIDER,
  'placement.ask': PROVIDER,
  'placement.answer': NAVIGATOR,
  'placement.accept': PROVIDER,
  'placement.waitlist': PROVIDER,
  'placement.stillWanted': NAVIGATOR,
  'placement.stillWantedUnanswered': NOBODY,
  'placement.offerUnreached': NOBODY,
  'placement.remindVisit': NOBODY,
  'placement.sayFit': PROVIDER,
  'referral.missFirst': NOBODY,
  'placement.lapse': NOBODY,
  'placement.decline': PROVIDER,
  'placement.redirect': PROVIDER,
  'placement.recall': NAVIGATOR,
  'placement.offer': PROVIDER,
  'placement.acceptOffer': `${NAVIGATOR} ${PROVIDER}`,
  'placement.postpone': NAVIGATOR,
  'placement.pause': NAVIGATOR,
  'placement.resume': NAVIGATOR,
  'placement.putForward': `${NAVIGATOR} ${PROVIDER}`,
  'placement.rematch': PROVIDER,
  'placement.book': PROVIDER,
  'placement.start': PROVIDER,
  'placement.attend': PROVIDER,
  'placement.miss': PROVIDER,
  'placement.didNotStart': PROVIDER,
  'placement.rebook': NAVIGATOR,
  'placement.review': PROVIDER,
  'placement.end': PROVIDER,
  'placement.withdraw': NAVIGATOR,
  'placement.return': NOBODY,
  'placement.undo': `${NAVIGATOR} ${PROVIDER}`,
}

const entries = Object.entries(EXPECTED) as [Permission, string][]
const expected = (permission: Permission) => EXPECTED[permission].split(' ').filter(Boolean)

function actor(role: Role): Actor {
  return {
    userId: 'u',
    name: 'U',
    role,
    organisationId: 'mine',
    organisation: 'mine',
    organisationName: 'Mine',
    organisationKind: 'provider',
  }
}

/** Every way in which a record can be tied to the actor's own organisation, to another, or to none. */
const SITUATIONS = [null, 'mine', 'theirs'].flatMap((referring) =>
  ['mine', 'theirs'].flatMap((receiving) =>
    [null, 'mine', 'theirs'].flatMap((provider) =>
      [null, 'mine'].map((redirected) => ({ referring, receiving, provider, redirected })),
    ),
  ),
)

describe('who may do what', () => {
  test('the table has a row for every permission, and no other', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  test.each(entries)('%s', (permission) => {
    const ways = new Set(PERMISSIONS[permission].map(({ role, tie }) => `${role}:${tie}`))
    expect([...ways].sort()).toEqual(expected(permission).sort())
  })

  test.each(ROLES)('%s: the guard says exactly that, of every record', (role) => {
    for (const [permission] of entries) {
      const ties = expected(permission).flatMap((way) => (way.startsWith(`${role}:`) ? (way.split(':')[1] as Tie) : []))
      expect(tiesFor(actor(role), permission).sort()).toEqual(ties.sort())
      for (const situation of SITUATIONS) {
        const allowed = ties.some((tie) => tie === 'own' || (situation as Record<string, unknown>)[tie] === 'mine')
        expect(may(actor(role), permission, situation), `${permission} ${JSON.stringify(situation)}`).toBe(allowed)
      }
      expect(may(actor(role), permission)).toBe(ties.includes('own'))
    }
  })

  test('an analyst and the administrators never touch a record', () => {
    for (const role of ['analyst', 'organisation_admin', 'system_admin'] as const) {
      const held = entries.filter(([permission]) => tiesFor(actor(role), permission).length > 0)
      expect(held.map(([permission]) => permission).filter((name) => /^(referral|placement)\./.test(name))).toEqual([])
    }
  })
})

describe('which movers somebody can be', () => {
  const ALL_MINE = { referring: 'mine', receiving: 'mine', provider: 'mine' }
  const NONE_MINE = { referring: 'theirs', receiving: 'theirs', provider: 'theirs' }

  test.each<[Role, object, string[]]>([
    ['referrer', { referring: 'mine' }, ['referrer']],
    ['referrer', { receiving: 'mine', provider: 'mine' }, []],
    ['navigator', { receiving: 'mine' }, ['navigator']],
    ['navigator', { referring: 'mine', receiving: 'theirs' }, ['referrer']],
    ['navigator', ALL_MINE, ['referrer', 'navigator']],
    ['triage_lead', { receiving: 'mine' }, ['navigator', 'triage_lead']],
    ['provider_worker', { provider: 'mine' }, ['provider']],
    ['provider_worker', { referring: 'mine', receiving: 'mine' }, []],
    ['organisation_admin', ALL_MINE, []],
    ['analyst', ALL_MINE, []],
    ['system_admin', ALL_MINE, []],
    ['triage_lead', { redirected: 'mine' }, ['receiving_team']],
    ['referrer', { redirected: 'mine' }, []],
    ['triage_lead', NONE_MINE, []],
    ['referrer', { referring: null }, []],
  ])('%s of %j: %j', (role, ties, movers) => {
    expect(moversFor(actor(role), ties)).toEqual(movers)
  })
})
