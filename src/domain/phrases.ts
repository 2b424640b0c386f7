function joined(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** "Schools, probation and social care". */
export const withAnd = (words: readonly string[]): string => joined(words, 'and')

/** "Schools, probation or social care". */
export const withOr = (words: readonly string[]): string => joined(words, 'or')
