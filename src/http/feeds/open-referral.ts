import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  listPublished,
  listPublishedPlaces,
  locatePostcode,
  openPublished,
  openPublishedPlace,
} from '../../actions/directory/list-published.ts'
import { Refusal } from '../../domain/refusal.ts'
import {
  ABOUT,
  pageOf,
  serviceAtLocationShape,
  serviceShape,
  taxonomyShape,
  termShape,
} from '../../standards/open-referral.ts'
import { TAXONOMIES, TERMS, taxonomyById, termById } from '../../standards/open-referral-terms.ts'
import type { App } from '../site.ts'
import { answerJson } from './answer.ts'
import { filterOf, metresOf, PlaceQuery, pageQuery, ServiceQuery } from './open-referral-query.ts'

const config = { access: 'public' } as const
const IdParams = z.object({ id: z.guid().transform((id) => id.toLowerCase()) })
const PageQuery = z.strictObject(pageQuery)
const TermQuery = z.strictObject({ ...pageQuery, taxonomy_id: z.guid('taxonomy_id must be a UUID.').optional() })

interface Paging {
  page: number
  per_page: number
}

const pageWanted = ({ page, per_page: limit }: Paging) => ({ limit, offset: (page - 1) * limit })

/** Open Referral UK 3.0: the directory for other people's finders. Public, without a key, for pages of every origin. */
export async function addOpenReferral(app: App): Promise<void> {
  const at = `${app.site.baseUrl}/open-referral`

  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')
    if (app.site.isDemo) void reply.header('x-robots-tag', 'noindex')
  })

  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    { page: number, per_page: perPage }: Paging,
    { total, contents }: { total: number; contents: object[] },
  ) => answerJson(request, reply, pageOf(contents, { page: number, perPage, total }))

  app.get('/', { config }, async (request, reply) => answerJson(request, reply, ABOUT))

  app.get('/services', { config, schema: { querystring: ServiceQuery } }, async (request, reply) => {
    const { query } = request
    const filter = filterOf(query)
    const found = filter && (await listPublished(request.context, filter, pageWanted(query)))
    const contents = (found?.listings ?? []).map((listing) => serviceShape(at, listing))
    return page(request, reply, query, { total: found?.total ?? 0, contents })
  })

  app.get('/services/:id', { config, schema: { params: IdParams } }, async (request, reply) =>
    answerJson(request, reply, serviceShape(at, await openPublished(request.context, request.params.id))),
  )

  app.get('/service_at_locations', { config, schema: { querystring: PlaceQuery } }, async (request, reply) => {
    const { postcode, proximity, ...query } = request.query
    const near = postcode && { ...(await locatePostcode(request.context, postcode)), metres: metresOf({ proximity }) }
    const filter = filterOf(query)
    const wanted = filter && { ...filter, ...(near ? { near } : {}) }
    const found = wanted && (await listPublishedPlaces(request.context, wanted, pageWanted(query)))
    const contents = (found?.places ?? []).map(({ listing, group }) => serviceAtLocationShape(at, listing, group))
    return page(request, reply, query, { total: found?.total ?? 0, contents })
  })

  app.get('/service_at_locations/:id', { config, schema: { params: IdParams } }, async (request, reply) => {
    const { listing, group } = await openPublishedPlace(request.context, request.params.id)
    return answerJson(request, reply, serviceAtLocationShape(at, listing, group))
  })

  const part = <T>(all: T[], paging: Paging, shape: (one: T) => object) => {
    const { offset, limit } = pageWanted(paging)
    return { total: all.length, contents: all.slice(offset, offset + limit).map(shape) }
  }

  app.get('/taxonomies', { config, schema: { querystring: PageQuery } }, async (request, reply) =>
    page(
      request,
      reply,
      request.query,
      part(TAXONOMIES, request.query, (one) => taxonomyShape(at, one)),
    ),
  )

  app.get('/taxonomies/:id', { config, schema: { params: IdParams } }, async (request, reply) => {
    const taxonomy = taxonomyById(request.params.id)
    if (!taxonomy) throw new Refusal('not-found', 'There is no such taxonomy.')
    return answerJson(request, reply, taxonomyShape(at, taxonomy, { withTerms: true }))
  })

  app.get('/taxonomy_terms', { config, schema: { querystring: TermQuery } }, async (request, reply) => {
    const { taxonomy_id: taxonomyId, ...query } = request.query
    const terms = TERMS.filter(({ taxonomy }) => !taxonomyId || taxonomyById(taxonomyId)?.code === taxonomy)
    return page(
      request,
      reply,
      query,
      part(terms, query, (one) => termShape(at, one)),
    )
  })

  app.get('/taxonomy_terms/:id', { config, schema: { params: IdParams } }, async (request, reply) => {
    const term = termById(request.params.id)
    if (!term) throw new Refusal('not-found', 'There is no such term.')
    return answerJson(request, reply, termShape(at, term))
  })
}
