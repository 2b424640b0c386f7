import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from './actions/context.ts'
import { type Config, deriveKey } from './config.ts'
import { addApi } from './http/api/api.ts'
import { addHealth } from './http/api/health.ts'
import { addProblemPages } from './http/api/problems.ts'
import { addOpenReferral } from './http/feeds/open-referral.ts'
import { addAuth } from './http/plugins/auth.ts'
import { addForms } from './http/plugins/forms.ts'
import { addLookUp } from './http/plugins/look-up.ts'
import { addMetrics } from './http/plugins/metrics.ts'
import { addOpenApi } from './http/plugins/openapi.ts'
import { addProblems, refuseAddress } from './http/plugins/problem.ts'
import { addRateLimit } from './http/plugins/rate-limit.ts'
import { addRequestContext } from './http/plugins/request-context.ts'
import { addRouteBook } from './http/plugins/routes.ts'
import { addSealing } from './http/plugins/sealing.ts'
import { addSearchLimit } from './http/plugins/search-limit.ts'
import { addSecurity } from './http/plugins/security.ts'
import { addSignIn } from './http/plugins/sign-in.ts'
import { addValidation, SCHEMA_CONTROLLER } from './http/plugins/validation.ts'
import type { App, Site } from './http/site.ts'
import { addPages } from './http/web/index.ts'
import { openLog } from './logger.ts'

export function siteOf(config: Config): Site {
  return {
    baseUrl: config.baseUrl,
    isSecure: config.isSecure,
    isDemo: config.isDemo,
    demoPassword: config.isDemo ? config.demoPassword : null,
    hasMailbox: config.isDemo && config.smtpUrl === null,
    tokenKey: deriveKey(config.secret, 'tokens'),
    formKey: deriveKey(config.secret, 'forms'),
  }
}

/** The whole web server, every plugin and every door in one list. The order of the plugins is the order of their hooks. */
export async function buildApp(context: Context, config: Config, log = openLog(config.logLevel)): Promise<App> {
  const app: App = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => context.newId(),
    requestIdHeader: false,
    // A request that is sent half may not hold a place for long; Fastify's own limit is none.
    requestTimeout: 10_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 2_000 },
    bodyLimit: 256 * 1024,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    frameworkErrors: refuseAddress,
    schemaController: SCHEMA_CONTROLLER,
  }).withTypeProvider<ZodTypeProvider>()
  app.decorate('site', siteOf(config))

  addValidation(app)
  addProblems(app)
  addRouteBook(app)
  addRequestContext(app, context)
  await addSecurity(app)
  await addAuth(app, context)
  addSealing(app)
  await addRateLimit(app)
  addSearchLimit(app)
  addSignIn(app)
  addLookUp(app)
  await addOpenApi(app)

  addHealth(app, context)
  addMetrics(app, context)
  addProblemPages(app)
  await app.register(addApi, { prefix: '/api/v1' })
  await app.register(addOpenReferral, { prefix: '/open-referral' })
  await app.register(async (pages: App) => {
    await addForms(pages)
    await addPages(pages)
  })
  return app
}
