import { z } from 'zod'
import { ORGANISATION_KINDS, ROLES } from '../../../domain/organisation.ts'
import { GENDERS, MESSAGES_STOPPED } from '../../../domain/person.ts'
import { day, idField } from './basics.ts'

export const PersonShape = z
  .object({
    id: z.string(),
    fullName: z.string(),
    dateOfBirth: day(),
    age: z.number().int(),
    nhsNumber: z.string().nullable(),
    addressLines: z.array(z.string()).nullable(),
    postcode: z.string().nullable(),
    noFixedAddress: z.boolean(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    practiceOdsCode: z.string().nullable(),
    gender: z.enum(GENDERS).nullable(),
    ethnicity: z.string().nullable(),
    preferredLanguage: z.string().nullable(),
    interpreter: z.boolean().nullable(),
    communicationNeeds: z.string().nullable(),
    safeContact: z.object({
      voicemail: z.boolean(),
      text: z.boolean(),
      email: z.boolean(),
      post: z.boolean(),
      note: z.string().optional(),
    }),
    youngPerson: z
      .object({
        parentalResponsibility: z.object({
          name: z.string(),
          relationship: z.string(),
          phone: z.string().optional(),
        }),
        decidesThemselves: z.boolean(),
        judgedBy: z.string(),
        contactDirectly: z.boolean(),
      })
      .nullable()
      .describe('Shown to the navigators of the service only.'),
    youngPersonMissing: z.boolean().describe('Under 16, and nobody has recorded who holds parental responsibility.'),
  })
  .meta({ id: 'Person', description: 'Shown only to those who may know who the person is.' })

export const LivesInShape = z
  .object({
    area: z.string(),
    isApproximate: z.boolean().describe('By the district alone: no list has the postcode, or none is loaded.'),
    district: z.string().nullable(),
    ward: z.object({ code: z.string(), name: z.string().nullable() }).nullable(),
    locality: z.string().nullable().describe('The part of the city, as the service sorts its wards.'),
    neighbourhood: z
      .object({
        code: z.string(),
        name: z.string(),
        imdDecile: z.number().int().nullable(),
        imdQuintile: z.number().int().nullable(),
        imdYear: z.number().int().nullable(),
      })
      .nullable()
      .describe('With its place in the Index of Multiple Deprivation; 1 is the most deprived.'),
    practice: z
      .object({
        odsCode: z.string(),
        name: z.string().nullable(),
        closedOn: day().nullable(),
        isUnknown: z.boolean().describe('The list that is loaded has no such code.'),
      })
      .nullable(),
  })
  .meta({ id: 'LivesIn', description: 'What the official lists tell of a postcode and a practice code.' })

export const WholePersonShape = PersonShape.extend({
  version: z.number().int(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  tellPractice: z.boolean().describe('False: nothing goes back to the person’s practice.'),
  messages: z.enum(['allowed', ...MESSAGES_STOPPED]),
  messagesStoppedAt: z.date().nullable(),
  livesIn: LivesInShape,
}).meta({ id: 'WholePerson', description: 'For the navigators of a service that has a referral of the person.' })

export const SamePersonBody = z.strictObject({ as: idField('The other referral') })

/** Any mismatch is the same 401, so no more is asked of an address than that it is text. */
export const SignInBody = z.strictObject({
  email: z.string({ error: 'Enter your e-mail address' }).max(254, 'The e-mail address is too long'),
  password: z.string({ error: 'Enter your password' }).max(200, 'The password is too long'),
  code: z.string().max(10).optional(),
})

export const SessionShape = z
  .object({
    token: z.string().describe('Send it as `Authorization: Bearer …`.'),
    expiresAt: z.date(),
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      memberships: z.array(
        z.object({
          organisation: z.string().describe('A slug, as Acting-Organisation takes it.'),
          organisationName: z.string(),
          organisationKind: z.enum(ORGANISATION_KINDS),
          role: z.enum(ROLES),
        }),
      ),
    }),
  })
  .meta({ id: 'Session' })

export const ColleagueShape = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    isSuspended: z.boolean().describe('Suspended ones are shown to administrators only.'),
    leave: z.object({ from: day(), until: day() }).nullable().describe('Both days included.'),
    isOnLeave: z.boolean(),
    wards: z.array(z.string()).describe('The codes of the wards they look after; none where these are not divided.'),
    openReferrals: z.number().int().describe('How many open referrals they carry.'),
    email: z.string().nullable().describe('Administrators only, as the two below.'),
    lastSignedInAt: z.date().nullable(),
    mutedNotices: z.array(z.string()).describe('E-mails about their own work that they do not want.'),
  })
  .meta({ id: 'Colleague' })
export const ColleagueQuery = z.strictObject({
  role: z.enum(ROLES, { error: 'Choose a role from the list' }).optional(),
})
