import { z } from 'zod'
import { fields, PersonInput, requiredLine } from './person.ts'

/** What a navigator may set of the messages to a person; that somebody died is recorded by closing. */
const MESSAGE_RULES = ['allowed', 'do_not_contact', 'restricted'] as const
export type MessageRule = (typeof MESSAGE_RULES)[number]

const of = PersonInput.shape

/** A detail that was recorded may also be taken out again. */
function erasable<T extends z.ZodType>(field: z.ZodOptional<T>) {
  return field.unwrap().nullable().optional()
}

/** Details of somebody, corrected: what is left out stays, null takes a detail out. */
export const PersonChange = fields('The details', {
  fullName: of.fullName.optional(),
  givenName: erasable(of.givenName),
  familyName: erasable(of.familyName),
  phone: erasable(of.phone),
  email: erasable(of.email),
  address: erasable(of.address),
  postcode: erasable(of.postcode),
  noFixedAddress: of.noFixedAddress,
  safeContact: of.safeContact,
  preferredLanguage: erasable(of.preferredLanguage),
  interpreter: erasable(of.interpreter),
  communicationNeeds: erasable(of.communicationNeeds),
  practiceOdsCode: erasable(of.practiceOdsCode),
  tellPractice: of.tellPractice,
  youngPerson: erasable(of.youngPerson),
  /** Why it is corrected: stands in the history. */
  reason: requiredLine(300, 'The reason', 'Say why this is corrected').optional(),
  messages: z.enum(MESSAGE_RULES, { error: `Choose: ${MESSAGE_RULES.join(', ')}` }).optional(),
})
  .refine((change) => Object.keys(change).some((name) => name !== 'reason'), {
    error: 'Send at least one detail to change',
  })
  .refine(({ address, noFixedAddress }) => !(address && noFixedAddress), {
    path: ['noFixedAddress'],
    error: 'Send an address, or say that there is no fixed one',
  })
export type PersonChange = z.output<typeof PersonChange>
