import { id, index, instant, int, primaryKey, table, text } from '../columns.ts'
import { projects } from './directory.ts'

/**
 * What a listed project is found by, in plain small letters: written again whenever its entry changes, and never the
 * source of anything. On SQLite a full-text table beside it has the same words (migration 0006).
 */
export const projectTexts = table('project_texts', {
  projectId: id('project_id')
    .primaryKey()
    .references(() => projects.id),
  /** Its row in the full-text table. */
  number: int('number').notNull().unique('project_texts_number'),
  /** What the entry was when it was read: another sum means that it is to be read again. */
  stamp: int('stamp').notNull(),
  title: text('title').notNull(),
  words: text('words').notNull(),
  body: text('body').notNull(),
  indexedAt: instant('indexed_at').notNull(),
})

/** What a project is narrowed down by, a word for each fact: `need:loneliness`, `day:2`, `ward:E05015491`. */
export const projectFacets = table(
  'project_facets',
  {
    facet: text('facet').notNull(),
    projectId: id('project_id')
      .notNull()
      .references(() => projects.id),
  },
  (t) => [primaryKey({ columns: [t.facet, t.projectId] }), index('project_facets_project').on(t.projectId)],
)
