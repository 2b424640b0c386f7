/** The ways into the program. They are brought in one at a time: each begins as soon as it is imported. */
export const WAYS = {
  main: async () => (await import('./main.ts')).started,
  cli: async () => (await import('./cli.ts')).obeyed,
}
