import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { REFUSALS, Refusal, type RefusalCode } from '../../domain/refusal.ts'
import { STATUS } from '../plugins/problem.ts'
import type { App } from '../site.ts'

// Three folders up is the root of the package from src/http/api and from dist/http/api alike.
const FILE = resolve(import.meta.dirname, '../../../docs/problems.md')

/** The text under each `## code` of docs/problems.md. */
function readProblems(): Map<string, string> {
  const [, ...sections] = readFileSync(FILE, 'utf8').split(/^## /m)
  return new Map(
    sections.map((section) => {
      const [code = '', ...lines] = section.split('\n')
      return [code.trim(), lines.join('\n').trim()]
    }),
  )
}

const Params = z.object({ code: z.enum(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]) })

/** Where the `type` of every problem leads: what it means, and what to do. */
export function addProblemPages(app: App): void {
  const texts = readProblems()
  app.get('/problems/:code', { config: { access: 'public' }, schema: { params: Params } }, async (request, reply) => {
    const { code } = request.params
    const text = texts.get(code)
    if (!text) throw new Refusal('not-found', 'There is no such problem.')
    const { title, kind } = REFUSALS[code]
    const problem = { code, title, status: STATUS[kind], text }
    if (!(request.headers.accept ?? '').includes('text/html')) return problem
    return reply.type('text/html; charset=utf-8').send(pageOf(problem))
  })
}

// Plain on purpose: whoever reads this is putting a client right, and nothing else on the page could fail.
function pageOf({ code, title, status, text }: { code: string; title: string; status: number; text: string }): string {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => `<p>${escaped(paragraph)}</p>`)
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)} - Trellis</title></head><body><main>`,
    `<h1>${escaped(title)}</h1><p><code>${code}</code>, status ${status}</p>`,
    ...paragraphs,
    '</main></body></html>',
  ].join('\n')
}

function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
}
