import { PROJECT_STATUSES, type ProjectStatus } from '../domain/directory.ts'
import { languageCode } from '../domain/languages.ts'
import type { ReadEntry, ReadListing } from '../domain/listing.ts'
import { cutTo } from '../domain/plain-text.ts'
import { dayOf, isSensible } from './days.ts'
import { isEmail } from './filled.ts'
import { readGroups } from './open-referral-read-places.ts'
import { readWords } from './open-referral-read-words.ts'
import { FieldReader, isObject, sourceId } from './read-fields.ts'

type Json = Record<string, unknown>

/** Where an entry stands that does not even say what it is. */
export interface Where {
  feed: string
  /** "page 3, entry 7" */
  place: string
}

/** Reads one service of an Open Referral feed. What cannot be used is left out with its reason; never half of what must be whole. */
export function readService(raw: unknown, { feed, place }: Where): ReadEntry {
  const reader = new FieldReader()
  const { notes } = reader
  if (!isObject(raw)) return { entry: place, ids: null, name: null, listing: null, fault: 'This is no service.', notes }
  const said = typeof raw.id === 'string' && raw.id ? cutTo(raw.id, 100) : place
  const name = reader.line(raw, 'name', 200)
  const id = sourceId(feed, 'service', raw.id)
  const status = statusOf(raw.status)
  const organisation = readOrganisation(reader, raw, feed)
  const faults = [
    id ? [] : ['id is missing'],
    name ? [] : ['name is missing'],
    status ? [] : [raw.status === undefined ? 'status is missing' : `status must be ${PROJECT_STATUSES.join(', ')}`],
    organisation ? [] : ['organization is missing, or has no id or no name'],
  ].flat()
  if (!id || !name || !status || !organisation)
    return { entry: said, ids: id, name, listing: null, fault: `${faults.join('; ')}.`, notes }
  const groups = readGroups(reader, raw, feed, name)
  const listing: ReadListing = { ...id, name, status, organisation, groups, ...readFacts(reader, raw) }
  return { entry: said, ids: id, name, listing, fault: null, notes }
}

function statusOf(raw: unknown): ProjectStatus | undefined {
  return PROJECT_STATUSES.find((status) => status === raw)
}

function readOrganisation(reader: FieldReader, service: Json, feed: string) {
  const raw = reader.object(service, 'organization')
  const id = raw && sourceId(feed, 'organization', raw.id)
  const name = raw && reader.line(raw, 'name', 200)
  if (!raw || !id || !name) return null
  const description = reader.text(raw, 'description', 2000)
  const numbers = reader.list(raw, 'organization_identifiers', 20)
  const charity = numbers.find((one) => /charity|gb-chc/i.test(`${one.identifier_type} ${one.identifier_scheme}`))
  return {
    ...id,
    name,
    // Where there was nothing to say, the standard's own way out is to repeat the name.
    description: description === name ? null : description,
    url: reader.link(raw, 'website') ?? reader.link(raw, 'uri'),
    charityNumber: charity ? reader.line(charity, 'identifier', 20) : null,
  }
}

function readFacts(reader: FieldReader, raw: Json) {
  return {
    summary: reader.text(raw, 'description', 5000) ?? '',
    howToRefer: reader.text(raw, 'application_process', 2000),
    url: reader.link(raw, 'url'),
    alert: reader.text(raw, 'alert', 500),
    assuredOn: dayOf(reader, raw, 'assured_date'),
    changedAt: momentOf(reader, raw, 'last_modified'),
    languages: readLanguages(reader, raw),
    ...readCost(reader, raw),
    ...readContact(reader, raw),
    ...readWords(reader, raw),
  }
}

function momentOf(reader: FieldReader, from: Json, name: string): Date | null {
  const text = reader.line(from, name, 40)
  if (text === null) return null
  const moment = new Date(text)
  if (isSensible(text.slice(0, 10)) && !Number.isNaN(moment.getTime())) return moment
  reader.note(`${name} is no moment`)
  return null
}

function readLanguages(reader: FieldReader, raw: Json): string[] {
  const found = reader.list(raw, 'languages', 50).flatMap((one) => {
    const said = reader.line(one, 'code', 40) ?? reader.line(one, 'name', 60) ?? reader.line(one, 'language', 60)
    const code = said ? languageCode(said) : undefined
    if (said && !code) reader.note(`“${cutTo(said, 40)}” is no language that is known here`)
    return code ?? []
  })
  return [...new Set(found)]
}

function readCost(reader: FieldReader, raw: Json) {
  const options = reader.list(raw, 'cost_options', 50)
  const first = options[0]
  const amount = first ? reader.number(first, 'amount', 0, 100_000) : null
  const others = options.slice(1).flatMap((one) => {
    const price = reader.number(one, 'amount', 0, 100_000)
    const about = reader.line(one, 'option', 100) ?? reader.line(one, 'amount_description', 200)
    return about || price !== null ? [[about, price === null ? null : `£${price}`].filter(Boolean).join(': ')] : []
  })
  const note = [
    first ? reader.line(first, 'option', 100) : null,
    first ? reader.text(first, 'amount_description', 500) : null,
    ...others,
    reader.text(raw, 'fees_description', 500) ?? reader.text(raw, 'fees', 500),
  ].filter(Boolean)
  return {
    costPence: amount === null ? null : Math.round(amount * 100),
    costNote: cutTo(note.join('; '), 500) || null,
  }
}

function readContact(reader: FieldReader, raw: Json) {
  const contacts = reader.list(raw, 'contacts', 50)
  const contact = contacts[0]
  const phones = [...(contact ? reader.list(contact, 'phones', 10) : []), ...reader.list(raw, 'phones', 10)]
  const phone = phones[0] ? reader.line(phones[0], 'number', 40) : null
  const email = reader.line(raw, 'email', 254) ?? (contact ? reader.line(contact, 'email', 254) : null)
  const isPhone = phone !== null && /^[+()\d][\d\s()+./x-]{2,}$/i.test(phone)
  if (phone !== null && !isPhone) reader.note('the phone number is none')
  if (email !== null && !isEmail(email)) reader.note('the e-mail address is none')
  return {
    contactName: contact ? reader.line(contact, 'name', 200) : null,
    contactPhone: isPhone ? phone : null,
    contactEmail: email !== null && isEmail(email) ? email : null,
  }
}
