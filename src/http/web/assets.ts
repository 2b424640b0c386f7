import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { templatePath } from '../../templates.ts'
import { nhsukStyles } from './nhsuk-styles.ts'

const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

function named(name: string, extension: keyof typeof TYPES, content: string) {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return { path: `/assets/${name}-${digest}.${extension}`, type: TYPES[extension], content }
}

// One file for the browser. Later parts may rest on earlier ones; narrow screens and paper have the last word.
const STYLES = ['base', 'parts', 'practice', 'navigator', 'project', 'admin', 'narrow', 'print']

function ownStyles(): string {
  return STYLES.map((part) => readFileSync(templatePath('styles', `${part}.css`), 'utf8')).join('\n')
}

/** Small modules for the browser, by name. A page works without any of them. */
function scripts() {
  return readdirSync(templatePath('scripts', '.'))
    .filter((file) => file.endsWith('.js'))
    .map((file) => named(file.slice(0, -'.js'.length), 'js', readFileSync(templatePath('scripts', file), 'utf8')))
}

const SCRIPTS = scripts()

const FILES = {
  nhsuk: named('nhsuk', 'css', nhsukStyles()),
  own: named('trellis', 'css', ownStyles()),
  mark: named('mark', 'svg', readFileSync(templatePath('styles', 'mark.svg'), 'utf8')),
}

/** Addresses for the head of every page. The digest in the name lets browsers keep a file for ever. */
export const ASSETS = { nhsuk: FILES.nhsuk.path, own: FILES.own.path, mark: FILES.mark.path }

/** The address of a script of templates/scripts. */
export function scriptPath(name: string): string {
  const script = SCRIPTS.find(({ path }) => path.startsWith(`/assets/${name}-`))
  if (!script) throw new Error(`templates/scripts has no ${name}.js.`)
  return script.path
}

async function packed(content: string) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  return {
    br: await promisify<string, object, Buffer>(brotliCompress)(content, quality),
    gzip: await promisify<string, Buffer>(gzip)(content),
  }
}

export async function register(app: FastifyInstance): Promise<void> {
  for (const { path, type, content } of [...Object.values(FILES), ...SCRIPTS]) {
    const small = await packed(content)
    app.get(path, { config: { access: 'public' }, schema: { hide: true } }, (request, reply) => {
      const accepted = request.headers['accept-encoding'] ?? ''
      const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
      void reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding')
      void reply.type(type)
      return encoding ? reply.header('content-encoding', encoding).send(small[encoding]) : reply.send(content)
    })
  }
}
