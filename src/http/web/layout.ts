import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, OrganisationKind, Role } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { render } from '../../templates.ts'
import { ASSETS, scriptPath } from './assets.ts'
import type { FieldFault } from './forms.ts'

export interface Link {
  href: string
  text: string
}

/** What a page says about itself to the frame around it. */
export interface Frame {
  /** Never a person's name: titles stand in the browser's history, and on screens that others see. */
  title: string
  back?: Link
  /** The part of the navigation it belongs to, by address. */
  part?: string
  isWide?: boolean
  /** For everybody: search engines may show it, but never a demonstration. */
  isOpen?: boolean
  faults?: FieldFault[]
  /** What makes the page quicker where scripts run, by their names in templates/scripts. */
  scripts?: string[]
  /** What was just done, said once at the top. */
  done?: string | undefined
}

const NAVIGATION: Record<Role, (base: string, kind?: OrganisationKind) => Link[]> = {
  referrer: (base) => [
    { href: `${base}/referrals`, text: 'My referrals' },
    { href: `${base}/refer`, text: 'Refer someone' },
    directoryLink(base),
  ],
  navigator: navigatorLinks,
  triage_lead: navigatorLinks,
  provider_worker: (base) => [
    { href: `${base}/placements`, text: 'This week' },
    { href: `${base}/places`, text: 'Places' },
    { href: `${base}/projects`, text: 'Our entries' },
    directoryLink(base),
  ],
  organisation_admin: (base, kind) => [
    { href: `${base}/colleagues`, text: 'People' },
    { href: `${base}/settings`, text: 'Settings' },
    { href: `${base}/looks`, text: 'Who looked' },
    ...(kind === 'provider' ? [{ href: `${base}/projects`, text: 'Our entries' }] : []),
    directoryLink(base),
  ],
  analyst: () => [],
  system_admin: (base) => [
    { href: `${base}/break-glass`, text: 'Open in an emergency' },
    { href: `${base}/geography`, text: 'Geography' },
    { href: `${base}/imports`, text: 'Imports' },
  ],
}

function navigatorLinks(base: string): Link[] {
  return [
    { href: `${base}/board`, text: 'Board' },
    { href: `${base}/stuck`, text: 'Stuck' },
    { href: `${base}/refer`, text: 'Refer someone' },
    directoryLink(base),
  ]
}

function directoryLink(base: string): Link {
  return { href: `${base}/directory`, text: 'Directory' }
}

/** Where the address of every page of an organisation begins. */
export function baseOf(actor: Pick<Actor, 'organisation'>): string {
  return `/o/${actor.organisation}`
}

/** The page that people are looked for on. */
export function searchOf(actor: Pick<Actor, 'organisation'>): string {
  return `${baseOf(actor)}/search`
}

/** The first page of somebody's work: for most roles a list of what waits for them. */
export function homeOf({ organisation, role }: { organisation: string; role: Role }): string {
  const base = baseOf({ organisation })
  // Nobody starts their day with an emergency.
  return role === 'system_admin' ? base : (NAVIGATION[role](base)[0]?.href ?? base)
}

function frameModel(request: FastifyRequest, reply: FastifyReply, frame: Frame) {
  const { user, actor } = request
  const faults = frame.faults ?? []
  let token: string | undefined
  let owner: string | undefined
  return {
    title: frame.title,
    back: frame.back ?? null,
    isWide: frame.isWide ?? false,
    done: frame.done ?? null,
    hasErrors: faults.length > 0,
    // Field ids are the names of the fields, so the summary can lead straight to them.
    faults: faults.map(({ field, text }) => ({ text, ...(field ? { href: `#${field}` } : {}) })),
    assets: ASSETS,
    scripts: [...(frame.scripts ?? []), ...(faults.length > 0 ? ['faults'] : [])].map(scriptPath),
    isFindable: Boolean(frame.isOpen && !request.server.site.isDemo),
    demo: request.server.site.isDemo,
    hasMailbox: request.server.site.hasMailbox,
    // Made when a form asks for it: pages without one need no cookie. Outside the pages' own scope there are no forms.
    get csrf() {
      token ??= 'formToken' in reply ? reply.formToken() : ''
      return token
    },
    get by() {
      owner ??= reply.ownerToken()
      return owner
    },
    canPost: 'formToken' in reply,
    key: request.context.newId(),
    // The search page has the same box, larger.
    search: actor && may(actor, 'search.use') && frame.part !== searchOf(actor) ? searchOf(actor) : null,
    user: user ? { name: user.name } : null,
    mail: actor && {
      messages: may(actor, 'message.list') ? `${baseOf(actor)}/messages` : null,
      choice: `${baseOf(actor)}/settings/mail`,
    },
    organisation: actor ? { name: actor.organisationName, base: baseOf(actor) } : null,
    home: actor ? homeOf(actor) : '/',
    navigation: (actor ? NAVIGATION[actor.role](baseOf(actor), actor.organisationKind) : []).map((link) => ({
      ...link,
      isCurrent: link.href === frame.part,
    })),
    otherOrganisations: (user && actor ? user.memberships : [])
      .filter(({ organisation }) => organisation !== actor?.organisation)
      .map((membership) => ({ href: homeOf(membership), name: membership.organisationName })),
  }
}

/** Answers with a page: the frame, and the template's own model. */
export function show(
  request: FastifyRequest,
  reply: FastifyReply,
  template: string,
  frame: Frame,
  model: object = {},
  status = frame.faults?.length ? 400 : 200,
): FastifyReply {
  const html = render(`pages/${template}.njk`, { ...model, page: frameModel(request, reply, frame) })
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}
