import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { templatePath } from '../../templates.ts'

/** A module as the browser gets it. Its address has the digest of what it is made from, and of all that it imports. */
export interface BrowserModule {
  path: string
  content(): string
}

const SOURCES = new URL('../../', import.meta.url)
const IS_BUILT = import.meta.url.endsWith('.js')
const IMPORT = /^(import\s(?!type\b)(?:[^'";]*?\sfrom\s*)?)(['"])(\.[^'"]+)\2/gm
const IN_SOURCES = /^(?:\.\.\/)+src\/(.*)\.ts$/

/** Rules that a page applies before anything is sent are the server's own modules, not a second copy of them. */
function locationOf(specifier: string, importer: URL): URL {
  const [, ours] = IN_SOURCES.exec(specifier) ?? []
  // A script names what stands in src; in a built program that is the compiled file.
  return ours ? new URL(IS_BUILT ? `${ours}.js` : `${ours}.ts`, SOURCES) : new URL(specifier, importer)
}

/** Only while developing: a built program has its modules compiled. */
function compiled(source: string): string {
  const ts: typeof import('typescript') = createRequire(import.meta.url)('typescript')
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, removeComments: true }
  return ts.transpileModule(source, { compilerOptions }).outputText
}

/** The scripts of templates/scripts by name, and everything they import. */
export function browserCode(): { scripts: Map<string, string>; modules: BrowserModule[] } {
  const known = new Map<string, BrowserModule>()

  function load(file: URL): string {
    const done = known.get(file.href)
    if (done) return done.path
    const source = readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '')
    const addresses = new Map<string, string>()
    for (const [, , , specifier = ''] of source.matchAll(IMPORT))
      addresses.set(specifier, load(locationOf(specifier, file)))
    const digest = createHash('sha256')
      .update(source)
      .update([...addresses.values()].join())
      .digest('hex')
      .slice(0, 12)
    const name = basename(fileURLToPath(file)).replace(/\.[jt]s$/, '')
    const content = () =>
      (file.pathname.endsWith('.ts') ? compiled(source) : source).replace(
        IMPORT,
        (_, what, quote, specifier) => `${what}${quote}${addresses.get(specifier)}${quote}`,
      )
    known.set(file.href, { path: `/assets/${name}-${digest}.js`, content })
    return `/assets/${name}-${digest}.js`
  }

  const scripts = new Map<string, string>()
  for (const file of readdirSync(templatePath('scripts')).filter((name) => name.endsWith('.js')))
    scripts.set(file.slice(0, -'.js'.length), load(pathToFileURL(templatePath('scripts', file))))
  return { scripts, modules: [...known.values()] }
}
