import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What the house rules look at: a file by its path from the root of the project, with forward slashes. */
export interface SourceFile {
  path: string
  text: string
}

const ROOT = resolve(import.meta.dirname, '../..')
const NOT_OURS = ['node_modules', 'dist', 'data', 'coverage', '.git']

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Every file under a folder whose name ends like this, sorted by path. */
export function filesUnder(folder: string, ...endings: string[]): SourceFile[] {
  return pathsUnder(folder)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readText(path) }))
}

function pathsUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
      if (NOT_OURS.includes(path)) return []
      return entry.isDirectory() ? pathsUnder(path) : [path]
    })
    .sort()
}
