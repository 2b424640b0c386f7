import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { listOwnAlike } from '../../actions/people/duplicates.ts'
import { openDraft, saveDraft } from '../../actions/referrals/drafts.ts'
import { findWanted, type WantedProject } from '../../actions/referrals/wanted-project.ts'
import { readBanner } from '../../domain/banner.ts'
import { londonDay } from '../../domain/day.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { type BannerField, boxesOf, type FilledIn, filledIn } from './banner-fields.ts'
import { draftForm, faultsInWho, personOfDraft } from './draft-form.ts'
import { type FieldFault, faultyForm, isTicked, text, type Values, valuesOf } from './forms.ts'
import { keepNewDraft, openBegun } from './keep-draft.ts'
import { baseOf, homeOf, show } from './layout.ts'

const READABLE: BannerField[] = ['fullName', 'dateOfBirth', 'nhsNumber', 'phone', 'email', 'address', 'postcode']

/** The form as it was sent. What was pasted, and how it was read, is no part of what is kept. */
interface Sent {
  who: Values
  banner: string
  wantsReading: boolean
  wasRead: BannerField[]
}

function sentIn(body: unknown): Sent {
  // The name begins like ours, so that whatever keeps forms for their owner leaves the text out.
  const { _banner: pasted = '', read, wasRead, ...who } = valuesOf(body)
  const banner = String(pasted).trim()
  const marked = String(wasRead ?? '').split(' ')
  return {
    who,
    banner,
    // Whoever pasted a text and pressed Continue before anything else was filled in meant it to be read.
    wantsReading: banner !== '' && (read !== undefined || !text(who, 'fullName')),
    wasRead: READABLE.filter((field) => marked.includes(field)),
  }
}

interface Shown {
  values: Values
  faults?: FieldFault[]
  read?: BannerField[]
  /** What was made of a pasted text just now. */
  notice?: FilledIn
  /** The text itself, where nothing could be read from it. */
  banner?: string
}

/** The project that the form names, or the address of whoever came from its page. */
async function wantedIn(request: FastifyRequest, who: Values): Promise<WantedProject | undefined> {
  const id = text(who, 'projectId') ?? queryWord(request.query, 'project')
  return id && /^[\w-]{1,64}$/.test(id) ? findWanted(request.context, actorOf(request), id) : undefined
}

function choicesOf(wanted: WantedProject | undefined) {
  const groups = (wanted?.groups ?? []).map(({ id, name, schedule }) => ({ value: id, text: `${name}. ${schedule}` }))
  return [{ value: '', text: 'Choose a group' }, ...groups]
}

/** Where one of several groups takes them straight, somebody has to say which. */
function faultsInWanted(who: Values, wanted: WantedProject | undefined): FieldFault[] {
  const isStraight = Boolean(text(who, 'projectId')) && isTicked(who, 'straight')
  if (!wanted || !isStraight || wanted.groups.some(({ id }) => id === text(who, 'groupId'))) return []
  return [{ field: 'groupId', text: 'Choose a group' }]
}

async function page(request: FastifyRequest, reply: FastifyReply, shown: Shown, status = 200) {
  const { values: given, faults = [], read = [], notice, banner = '' } = shown
  const actor = actorOf(request)
  const frame = {
    title: 'Who are you referring?',
    part: `${baseOf(actor)}/refer`,
    back: { href: homeOf(actor), text: 'Back' },
    faults,
    scripts: ['banner'],
  }
  const isFresh = faults.length === 0 && !notice && Object.keys(given).length === 0
  const wanted = await wantedIn(request, given)
  const values = isFresh && wanted ? { projectId: wanted.id } : given
  const form = faultyForm(values, faults)
  const model = {
    form,
    action: request.url,
    reading: { read },
    notice: notice ?? null,
    banner,
    isFresh,
    wanted: wanted ?? null,
    groupChoices: choicesOf(wanted),
  }
  return show(request, reply, 'refer-who', frame, model, status)
}

/** What a script does in the browser, for those without one: the same rules, and nothing of the text is kept. */
function readingPage(request: FastifyRequest, reply: FastifyReply, { who, banner, wasRead }: Sent) {
  const notice = filledIn(readBanner(banner, londonDay(request.context.now())))
  if (notice.read.length === 0) return page(request, reply, { values: who, read: wasRead, notice, banner })
  // Another person's text: nothing of the one before may stay behind.
  const before = Object.fromEntries(wasRead.flatMap(boxesOf).map((name) => [name, '']))
  return page(request, reply, { values: { ...who, ...before, ...notice.values }, read: notice.read, notice })
}

export function register(app: App): void {
  app.get('/o/:organisation/refer', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    permit(actor, 'referral.create')
    const id = queryWord(request.query, 'draft')
    const begun = queryWord(request.query, 'new')
    const project = queryWord(request.query, 'project')
    // Its own address before anything is typed: the browser's Back from the next page finds the draft by it.
    if (!id && !begun) {
      const pairs = { new: request.context.newId(), ...(project ? { project } : {}) }
      return reply.redirect(`${baseOf(actor)}/refer?${new URLSearchParams(pairs)}`, 302)
    }
    const { content } = id ? await openDraft(request.context, actor, id) : await openBegun(request, begun ?? '')
    return page(request, reply, { values: draftForm(content).who })
  })

  app.post('/o/:organisation/refer', atOrganisation, async (request, reply) => {
    const { context } = request
    const actor = actorOf(request)
    const sent = sentIn(request.body)
    if (sent.wantsReading) {
      permit(actor, 'referral.create')
      return readingPage(request, reply, sent)
    }
    const { who, wasRead } = sent
    const wanted = await wantedIn(request, who)
    const faults = [...faultsInWho(who, context.now()), ...faultsInWanted(who, wanted)]
    if (faults.length > 0) return page(request, reply, { values: who, faults, read: wasRead }, 400)
    const id = queryWord(request.query, 'draft')
    const draft = id
      ? await saveDraft(context, actor, id, { ...(await openDraft(context, actor, id)).content, who })
      : await keepNewDraft(request, who)
    const alike = await listOwnAlike(context, actor, personOfDraft(who))
    return reply.redirect(`${baseOf(actor)}/refer/${draft.id}/${alike.length > 0 ? 'known' : 'why'}`, 303)
  })
}
