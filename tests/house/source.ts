import ts from 'typescript'
import type { SourceFile } from './files.ts'

const MOST_LINES = 300

/** Clock, chance and environment belong to the roof, which hands them down. */
const ABOVE_THE_FLOORS = /^src\/((?!templates\.)[^/]+\.ts$|demo\/)/
// Drizzle makes its tables when they are imported, long before anybody could hand over a config.
const READS_THE_ENGINE = 'src/store/columns.ts'

const TEST_WORDS = ['test', 'it', 'describe', 'suite', 'bench']
const LEFT_OUT = ['only', 'skip', 'todo']

/** Rooms by these names collect whatever has no name yet. */
const NAMELESS = /(^|[/.-])(utils?|helpers?|common|managers?)([/.-]|$)/i

function lineOf(source: ts.SourceFile, node: ts.Node): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

function isCallOf(node: ts.Node, object: string, name: string): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object &&
    node.name.text === name
  )
}

/** What the code says that is forbidden in this place. Comments and texts are not code. */
function forbidden(node: ts.Node, path: string): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
  if (ts.isPropertyAccessExpression(node) && LEFT_OUT.includes(node.name.text)) {
    let root: ts.Expression = node.expression
    while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root)) root = root.expression
    if (ts.isIdentifier(root) && TEST_WORDS.includes(root.text)) return `${root.text}.${node.name.text}`
  }
  if (!path.startsWith('src/') || ABOVE_THE_FLOORS.test(path)) return undefined
  const isDate = (expression: ts.Expression) => ts.isIdentifier(expression) && expression.text === 'Date'
  if (ts.isNewExpression(node) && isDate(node.expression) && !node.arguments?.length) return 'new Date()'
  if (ts.isCallExpression(node) && isDate(node.expression)) return 'Date()'
  if (isCallOf(node, 'Date', 'now')) return 'Date.now'
  if (isCallOf(node, 'Math', 'random')) return 'Math.random'
  if (isCallOf(node, 'process', 'env') && path !== READS_THE_ENGINE) return 'process.env'
  return undefined
}

// Parsing is dear, and most files hold none of the words that could break a rule.
const WORTH_READING = /\bany\b|\bDate\b|\brandom\b|\bprocess\b|\.(only|skip|todo)\b/

function faultsIn(file: SourceFile): string[] {
  if (!WORTH_READING.test(file.text)) return []
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
  const faults: string[] = []
  const visit = (node: ts.Node) => {
    const fault = forbidden(node, file.path)
    if (fault) faults.push(`${lineOf(source, node)} ${fault}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return faults
}

/** `any`, tests left out, and clock, chance or environment below the roof. */
export function codeFaults(files: SourceFile[]): string[] {
  return files.flatMap(faultsIn)
}

/** Words left behind in comments: unfinished work, and the compiler told to look away. */
export function commentFaults(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const word = /@ts-(ignore|nocheck|expect-error)|\b(T[O]DO|FIX[M]E|X[X]X)\b/.exec(line)?.[0]
      return word ? [`${path}:${index + 1} ${word}`] : []
    }),
  )
}

export function sizeFaults(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n').length
    return lines > MOST_LINES ? [`${path} has ${lines} lines`] : []
  })
}

export function nameFaults(paths: string[]): string[] {
  return paths.filter((path) => NAMELESS.test(path))
}
