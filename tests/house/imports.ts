import { posix } from 'node:path'
import ts from 'typescript'
import type { SourceFile } from './files.ts'

/** Four floors and a roof; arrows point down only. A room may always import itself. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  standards: ['domain'],
  /** Where other people's directories are read from: the network, a file. */
  sources: ['domain', 'standards'],
  templates: ['domain'],
  words: ['domain', 'templates'],
  mail: ['domain', 'templates', 'words'],
  store: ['domain'],
  actions: ['domain', 'store', 'mail'],
  jobs: ['domain', 'actions'],
  http: ['domain', 'standards', 'sources', 'actions', 'templates', 'words'],
  roof: ['domain', 'standards', 'sources', 'templates', 'words', 'mail', 'store', 'actions', 'jobs', 'http'],
}

/** Packages that would carry a room's work into another one. Everything else a package may do is open to all but domain. */
const PACKAGES_OF: Record<string, string[]> = {
  'drizzle-orm': ['store', 'roof'],
  'better-sqlite3': ['store', 'roof'],
  pg: ['store', 'roof'],
  nodemailer: ['mail', 'roof'],
  nunjucks: ['templates'],
  fastify: ['http', 'roof'],
}
const ROOMS_OF_ONE_FILE = ['templates']
const PACKAGES_OF_DOMAIN = ['zod']

/** The room of a file of src: what stands in src itself is the roof. Undefined where the house has no such room. */
export function roomOf(path: string): string | undefined {
  const [, first = ''] = path.split('/')
  const name = first.replace(/\.ts$/, '')
  if (first === 'demo' || (first.endsWith('.ts') && !ROOMS_OF_ONE_FILE.includes(name))) return 'roof'
  return Object.hasOwn(MAY_IMPORT, name) ? name : undefined
}

interface Import {
  from: string
  /** A path of the project, or the name of a package. */
  to: string
  isOurs: boolean
}

export function importsOf({ path, text }: SourceFile): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const isOurs = fileName.startsWith('.')
    return { from: path, to: isOurs ? posix.join(posix.dirname(path), fileName) : fileName, isOurs }
  })
}

function packageName(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

function faultOf({ from, to, isOurs }: Import): string | undefined {
  const room = roomOf(from)
  if (!room) return `${from} is in no room of the house`
  if (!isOurs) {
    const wanted = packageName(to)
    const mayHave =
      room === 'domain' ? PACKAGES_OF_DOMAIN.includes(wanted) : (PACKAGES_OF[wanted]?.includes(room) ?? true)
    return mayHave ? undefined : `${from} imports the package ${wanted}`
  }
  const other = roomOf(to)
  if (!to.startsWith('src/') || !other) return `${from} imports ${to}, which is in no room of the house`
  return other === room || MAY_IMPORT[room]?.includes(other) ? undefined : `${from} imports ${to}`
}

/** Every import that does not point down. */
export function importFaults(files: SourceFile[]): string[] {
  const strangers = files.filter(({ path }) => !roomOf(path)).map(({ path }) => `${path} is in no room of the house`)
  return [...new Set([...strangers, ...files.flatMap(importsOf).flatMap((found) => faultOf(found) ?? [])])]
}

/** One circle for each group of files that import each other, types included: "a → b → a". */
export function circles(files: SourceFile[]): string[] {
  return circlesBetween(files, (path) => path)
}

/** The same between the folders of a room: what stands in the room itself is a folder of its own. */
export function circlesOfFolders(files: SourceFile[], room: string): string[] {
  return circlesBetween(files, (path) => {
    const [folder, file] = path.startsWith(`${room}/`) ? path.slice(room.length + 1).split('/') : []
    return folder && file ? folder : path
  })
}

function circlesBetween(files: SourceFile[], placeOf: (path: string) => string): string[] {
  const next = new Map<string, Set<string>>()
  for (const file of files) {
    const from = placeOf(file.path)
    const others = next.get(from) ?? new Set()
    next.set(from, others)
    for (const { to, isOurs } of importsOf(file)) if (isOurs && placeOf(to) !== from) others.add(placeOf(to))
  }
  const done = new Set<string>()
  const found: string[] = []
  const visit = (place: string, way: string[]) => {
    const at = way.indexOf(place)
    if (at >= 0) found.push([...way.slice(at), place].join(' → '))
    if (at >= 0 || done.has(place)) return
    for (const other of next.get(place) ?? []) visit(other, [...way, place])
    done.add(place)
  }
  for (const place of next.keys()) visit(place, [])
  return found
}
