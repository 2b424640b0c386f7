import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { templatePath } from '../../templates.ts'
import { browserCode } from './browser-code.ts'
import { fromRight } from './from-right.ts'
import { nhsukStyles } from './nhsuk-styles.ts'

const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

function named(name: string, extension: keyof typeof TYPES, content: string) {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return { path: `/assets/${name}-${digest}.${extension}`, type: TYPES[extension], content: () => content }
}

/** The same styles for languages that run from the right, made when somebody first asks for them. */
function mirrored({ path, content }: ReturnType<typeof named>) {
  return { path: path.replace('-', '-from-right-'), type: TYPES.css, content: () => fromRight(content()) }
}

// One file for the browser. Later parts may rest on earlier ones; narrow screens and paper have the last word.
const STYLES = ['base', 'parts', 'practice', 'navigator', 'project', 'admin', 'person', 'narrow', 'print']

function ownStyles(): string {
  return STYLES.map((part) => readFileSync(templatePath('styles', `${part}.css`), 'utf8')).join('\n')
}

// Small modules for the browser. A page works without any of them.
const { scripts: SCRIPTS, modules: MODULES } = browserCode()

const FILES = {
  nhsuk: named('nhsuk', 'css', nhsukStyles()),
  own: named('trellis', 'css', ownStyles()),
  mark: named('mark', 'svg', readFileSync(templatePath('styles', 'mark.svg'), 'utf8')),
}

const MIRRORED = { nhsuk: mirrored(FILES.nhsuk), own: mirrored(FILES.own) }

/** Addresses for the head of every page. The digest in the name lets browsers keep a file for ever. */
export const ASSETS = { nhsuk: FILES.nhsuk.path, own: FILES.own.path, mark: FILES.mark.path }
/** The same for pages whose language runs from right to left. */
export const ASSETS_FROM_RIGHT = { ...ASSETS, nhsuk: MIRRORED.nhsuk.path, own: MIRRORED.own.path }

/** The address of a script of templates/scripts. */
export function scriptPath(name: string): string {
  const path = SCRIPTS.get(name)
  if (!path) throw new Error(`templates/scripts has no ${name}.js.`)
  return path
}

async function packed(content: string) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  return {
    br: await promisify<string, object, Buffer>(brotliCompress)(content, quality),
    gzip: await promisify<string, Buffer>(gzip)(content),
  }
}

type Asset = { path: string; type: string; content(): string | Promise<string> }

/** Compressed when it is first asked for: what no visitor of this process wants costs nothing. */
function packedOnce({ content }: Asset) {
  let kept: Promise<{ plain: string; small: ReturnType<typeof packed> }> | undefined
  return () => {
    kept ??= Promise.resolve(content()).then((plain) => ({ plain, small: packed(plain) }))
    return kept
  }
}

export function register(app: FastifyInstance): void {
  const styles = Object.values(FILES)
  const modules = MODULES.map((module) => ({ ...module, type: TYPES.js }))
  const files = [...styles, ...Object.values(MIRRORED), ...modules].map((file) => ({
    ...file,
    ready: packedOnce(file),
  }))
  // What every page has is ready before the first visitor comes, without holding up the start.
  app.addHook(
    'onListen',
    async () => void (await Promise.all(files.slice(0, styles.length).map(async ({ ready }) => (await ready()).small))),
  )
  for (const { ready, ...file } of files) {
    app.get(file.path, { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
      const accepted = request.headers['accept-encoding'] ?? ''
      const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
      void reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding')
      void reply.type(file.type)
      const { plain, small } = await ready()
      return encoding ? reply.header('content-encoding', encoding).send((await small)[encoding]) : reply.send(plain)
    })
  }
}
