import type { Db } from '../../store/database.ts'
import {
  deletePersonWords,
  findOldestName,
  hasWord,
  insertPersonWords,
  insertWordsOf,
  listNames,
  type NamedRow,
} from '../../store/person-words.ts'
import type { Context } from '../context.ts'
import { nameKeys } from './name-keys.ts'

/** People seen to in one transaction. */
const BATCH = 500

function wordsOf(person: NamedRow) {
  return nameKeys(person).map((key) => ({ ...key, personId: person.id }))
}

/** Makes somebody findable by name, in the transaction that writes them. */
export async function indexPerson(tx: Db, person: NamedRow, was?: NamedRow): Promise<void> {
  const words = wordsOf(person)
  const gone = was ? wordsOf(was).filter(({ word }) => !words.some((kept) => kept.word === word)) : []
  await deletePersonWords(
    tx,
    person.id,
    gone.map(({ word }) => word),
  )
  await insertWordsOf(tx, words)
}

/**
 * Makes everybody findable who was there before names were looked for by sound. The newest are seen to first, so that the
 * oldest one tells whether all were: where it was interrupted, the next start goes through it again. Answers with how many.
 */
export async function indexPeople(context: Context): Promise<number> {
  const { read, write } = { read: context.db.read, write: context.db.write.bind(context.db) }
  const oldest = await findOldestName(read)
  const [first] = oldest ? wordsOf(oldest) : []
  if (!first || (await hasWord(read, first.personId, first.word))) return 0
  let seen = 0
  for (let before: string | undefined; ; ) {
    const people = await listNames(read, before, BATCH)
    if (people.length === 0) return seen
    await write((tx) => insertPersonWords(tx, people.flatMap(wordsOf)))
    seen += people.length
    before = people.at(-1)?.id
  }
}
