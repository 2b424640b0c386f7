import { randomUUID } from 'node:crypto'
import type { Request } from './load.ts'

const NEEDS = ['loneliness', 'low_mood', 'money_debt', 'housing', 'physical_activity', 'carer_support', 'food']
const FIRST = [
  'Amina',
  'Brian',
  'Carys',
  'Dorota',
  'Ewan',
  'Farah',
  'Grace',
  'Hamish',
  'Ines',
  'Jarnail',
  'Kofi',
  'Lena',
]
const LAST = [
  'Achebe',
  'Baker',
  'Costa',
  'Davies',
  'Evans',
  'Ferreira',
  'Gill',
  'Hughes',
  'Iqbal',
  'Jones',
  'Kaur',
  'Lowe',
]
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

// A stream of numbers that is the same in every run, so that rounds do the same work.
let state = 20_261_122
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

export const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T

/** Somebody new: a valid NHS number, a birthday and a postcode that few share. */
export function somebody() {
  const digits = `${900_000_000 + random(99_999_999)}`
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const check = (11 - (sum % 11)) % 11
  const day = new Date(Date.UTC(1935, 0, 1) + random(27_000) * 86_400_000).toISOString().slice(0, 10)
  return {
    fullName: `${pick(FIRST)} ${pick(LAST)}`,
    dateOfBirth: day,
    nhsNumber: check === 10 ? undefined : digits + check,
    postcode: `SO${14 + random(6)} ${random(10)}${pick([...LETTERS])}${pick([...LETTERS])}`,
    phone: `07700 9${String(random(100_000)).padStart(5, '0')}`,
    email: `p${random(10_000_000)}@example.com`,
  }
}

/** The body of one referral as a practice sends it: about 900 bytes of JSON. */
export function referralBody(): string {
  const { postcode, ...person } = somebody()
  return JSON.stringify({
    person: {
      ...person,
      address: { lines: [`${1 + random(200)} Canal Walk`, 'Southampton'], postcode },
      gender: pick(['woman', 'man']),
      preferredLanguage: 'English',
      interpreter: false,
      communicationNeeds: '',
      safeContact: { voicemail: true, text: true, email: true, post: true },
    },
    needs: [pick(NEEDS), 'something_else'],
    reason:
      'Lives alone since the spring and hardly leaves the house. Says the days are long and would like to meet people. ' +
      'Walks with a stick, manages two bus stops, and used to garden.',
    whatMattersToMe: 'Being among people again, and something to get up for on weekdays.',
    strengths: ['Good with plants', 'A sister nearby'],
    priority: pick(['routine', 'routine', 'routine', 'priority']),
    risks: 'none_known',
    consent: { shareWithNavigator: true },
  })
}

export function createRequest(token: string): Request {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }
  return { method: 'POST', path: '/api/v1/referrals', headers, body: referralBody() }
}
