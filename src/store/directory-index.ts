import { londonDay } from '../domain/day.ts'
import { facetsOf } from '../domain/directory-facets.ts'
import { foldWords, NEED_WORDS } from '../domain/directory-words.ts'
import { isEnglish, languageName, ownNameOf } from '../domain/languages.ts'
import { type NeedCode, needLabel } from '../domain/needs.ts'
import { postcodeDistrict, wardName } from '../domain/place.ts'
import type { Db } from './database.ts'
import { type IndexedProject, indexProjects, type ProjectTexts } from './project-index.ts'

const folded = (texts: (string | null | undefined)[]): string => foldWords(texts.filter(Boolean).join(' ')).join(' ')

function needWords(code: string): string {
  return `${needLabel(code)} ${Object.hasOwn(NEED_WORDS, code) ? NEED_WORDS[code as NeedCode] : ''}`
}

/** "Polish", and "polski" as whoever speaks it types it. English is in nearly all: it would tell nothing. */
const languageWords = (code: string): string => (isEnglish(code) ? '' : `${languageName(code)} ${ownNameOf(code)}`)

/** Its name first; then whose it is, what it is for and what one does there; then all else that its page says. */
function describe({ project, provider, groups }: IndexedProject, now: Date): ProjectTexts {
  const places = groups.flatMap(({ place }) => place ?? [])
  return {
    title: folded([project.name]),
    words: folded([
      provider,
      ...project.needs.map(needWords),
      ...(project.interests ?? []),
      ...groups.map(({ group }) => group.name),
    ]),
    body: folded([
      project.summary,
      project.firstVisit,
      project.greeter,
      ...(project.languages ?? []).map(languageWords),
      ...groups.flatMap(({ group }) => [group.schedule, group.venue]),
      ...places.flatMap(({ name, addressLines, wardCode, postcode }) => [
        name,
        ...addressLines,
        wardCode && wardName(wardCode),
        postcode,
        postcode && postcodeDistrict(postcode),
      ]),
    ]),
    facets: facetsOf({ ...project, groups: groups.map(({ group, place }) => ({ ...group, place })) }, londonDay(now)),
  }
}

/**
 * Makes projects findable as they stand now: to be called in the transaction of whatever writes them, their groups or
 * their places. What forgets to is found a minute later by a job.
 */
export async function indexProject(tx: Db, now: Date, ...projectIds: string[]): Promise<void> {
  await indexProjects(tx, projectIds, (project) => describe(project, now), now)
}
