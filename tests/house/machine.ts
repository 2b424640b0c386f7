import type { SourceFile } from './files.ts'

/**
 * Paths and names that exist on one machine only. What a reader elsewhere cannot open does not belong in the project.
 * `/dev/mailbox` is an address of the product, and PostgreSQL's own folder is the same on every Debian.
 */
const ONE_MACHINE = [
  /\/(work|tmp|root|home|Users|mnt|opt)\//,
  /\b[A-Z]:\\/,
  // The project's own papers are in capitals or under docs/.
  /(?<![\w/])(model|house|contract)\.md\b/,
]

/** Every line that speaks of the machine or the papers of whoever wrote it. */
export function machineFaults(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const found = ONE_MACHINE.flatMap((pattern) => pattern.exec(line)?.[0] ?? [])
      return found.map((words) => `${path}:${index + 1} ${words}`)
    }),
  )
}
