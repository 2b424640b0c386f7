import { londonDay } from '../../domain/day.ts'
import { rulesSentence } from '../../domain/eligibility-words.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import type { Db } from '../../store/database.ts'
import { countGroups, listGroupRows, NOBODY } from '../../store/groups.ts'
import { getOrganisations } from '../../store/organisations.ts'
import type { ProjectRow } from '../../store/projects.ts'
import { getUserNames } from '../../store/users.ts'
import { listOrganisationNames } from '../../store/world.ts'
import type { Context } from '../context.ts'
import { viewGroup, viewProject } from './view.ts'

/** A project in full, as whoever keeps it right needs it: its rules as data and as one sentence, and who confirmed it. */
export async function viewEntry(context: Context, db: Db, actor: Actor, project: ProjectRow) {
  const now = context.now()
  const groups = await listGroupRows(db, { projectId: project.id })
  const counts = await countGroups(db, groups, now)
  const provider = (await getOrganisations(db, [project.providerOrganisationId])).get(project.providerOrganisationId)
  const names = new Map((await listOrganisationNames(db)).map(({ slug, name }) => [slug, name]))
  const nameOf = (slug: string) => names.get(slug) ?? slug
  const mayChange = may(actor, 'project.change', { provider: project.providerOrganisationId })
  const { id: providerId, slug, name } = provider ?? { id: project.providerOrganisationId, slug: '', name: '' }
  const views = groups.map((group) => ({
    ...viewGroup(group, project.name, counts.get(group.id) ?? NOBODY, actor, now),
    times: group.times,
    locationId: group.locationId,
    ruleData: group.rules,
    sentence: group.rules.length > 0 ? rulesSentence(group.rules, nameOf) : null,
  }))
  return {
    ...viewProject(project, { id: providerId, slug, name }, []),
    groups: views,
    version: project.version,
    isListed: project.isListed,
    status: project.status,
    isOpenAccess: project.isOpenAccess,
    greeter: project.greeter,
    howToRefer: project.howToRefer,
    url: project.url,
    contactName: project.contactName,
    contactPhone: project.contactPhone,
    contactEmail: project.contactEmail,
    costPence: project.costPence,
    costNote: project.costNote,
    languages: project.languages,
    access: project.access,
    interests: project.interests,
    alert: project.alert,
    assuredOn: project.assuredOn,
    assuredBy:
      mayChange && project.assuredBy
        ? ((await getUserNames(db, [project.assuredBy])).get(project.assuredBy)?.name ?? null)
        : null,
    changedAt: project.changedAt,
    isFromFeed: project.feed !== null,
    ruleData: project.rules,
    sentence: rulesSentence(project.rules, nameOf),
    today: londonDay(now),
    allowedActions: mayChange ? [...(project.feed ? [] : ['change']), 'assure'] : [],
  }
}
export type EntryView = Awaited<ReturnType<typeof viewEntry>>
export type EntryGroup = EntryView['groups'][number]
