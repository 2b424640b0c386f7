import type { Spread } from './numbers.ts'

/** One line of the table. */
export interface Result {
  what: string
  target?: string
  isMet?: boolean
  spread: Spread
  rounds: number
  unit: '×' | '/s' | 'ms' | 'MB' | ''
}

function written(value: number, unit: Result['unit']): string {
  if (unit === '/s' || unit === 'MB') return `${Math.round(value)}`
  return value.toFixed(2)
}

/** The table of docs/performance.md. */
export function tableOf(results: Result[]): string {
  const lines = results.map(({ what, target = '', isMet, spread, rounds, unit }) => {
    const [median, min, max] = [spread.median, spread.min, spread.max].map((value) => written(value, unit))
    const verdict = isMet === undefined ? '' : isMet ? 'yes' : '**no**'
    return `| ${what} | ${median} ${unit} | ${min} – ${max} | ${rounds} | ${target} | ${verdict} |`
  })
  return ['| what | median | least – most | rounds | target | met |', '|---|---|---|---|---|---|', ...lines].join('\n')
}
