import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { Context } from './actions/context.ts'
import { exportDirectory } from './actions/directory/export-directory.ts'
import { importDirectory } from './actions/directory/import-directory.ts'
import { listImportLines } from './actions/directory/list-imports.ts'
import type { Config } from './config.ts'
import type { DirectorySource } from './domain/directory-source.ts'
import { SourceFault } from './domain/directory-source.ts'
import { openFeed } from './sources/feed.ts'
import { MOST_FILE_BYTES, openFile } from './sources/file.ts'
import { directoryCsv } from './standards/csv.ts'
import { pageOf, serviceShape } from './standards/open-referral.ts'

interface Tools {
  withContext<T>(work: (context: Context, config: Config) => Promise<T>): Promise<T>
  say(...lines: string[]): void
  complain(...lines: string[]): void
  /** Thrown where all is said already. */
  failed(): Error
}

const isAddress = (text: string) => /^[a-z][a-z\d+.-]*:\/\//i.test(text)

interface ImportFlags {
  as?: string
  retire?: boolean
}

async function openSource(from: string, { importHosts }: Config, as?: string): Promise<DirectorySource> {
  if (isAddress(from)) {
    if (as !== undefined) throw new SourceFault('An address is a name of its own: --as is for files.')
    return openFeed(from, importHosts)
  }
  const { size } = await stat(from).catch(() => {
    throw new SourceFault(`There is no file ${from}.`)
  })
  if (size > MOST_FILE_BYTES) throw new SourceFault(`${from} is larger than ${MOST_FILE_BYTES / 1048576} MB.`)
  return openFile(as ?? basename(from), await readFile(from))
}

const FILES_HELP = `
A file changes only what a file of the same name brought before, and what is gone from it becomes inactive. Where it leaves
out more than half of that, nothing becomes inactive, and where most of it is new as well, it is taken for another file of
the same name and not read in: give it a name of its own with --as, or say --retire.`

/** `directory import` and `directory export`. */
export function addDirectoryCommands(program: Command, tools: Tools): void {
  const directory = program.command('directory').description('read other directories in, or write ours out')

  directory
    .command('import')
    .description('read an Open Referral UK feed (its host must be in IMPORT_HOSTS) or a file, JSON or CSV')
    .argument('<source>', 'its address, or the file')
    .option(
      '--as <name>',
      'of a file: whose directory it is, so that next week’s file changes it and another one does not; its name where nothing is said',
    )
    .option('--retire', 'of a file: what it has no more becomes inactive, even where that is more than half')
    .addHelpText('after', FILES_HELP)
    .action((from: string, flags: ImportFlags) =>
      tools.withContext((context, config) => importFrom(context, config, from, flags, tools)),
    )

  directory
    .command('export')
    .description('write the public directory: a table where the name ends in .csv, else Open Referral UK as JSON')
    .argument('<file>')
    .action((file: string) =>
      tools.withContext(async (context, { baseUrl }) => {
        const listings = await exportDirectory(context)
        const shapes = () => listings.map((listing) => serviceShape(`${baseUrl}/open-referral`, listing))
        const whole = { page: 1, perPage: Math.max(listings.length, 1), total: listings.length }
        const isTable = file.toLowerCase().endsWith('.csv')
        await writeFile(
          file,
          isTable ? directoryCsv(listings) : `${JSON.stringify(pageOf(shapes(), whole), null, 2)}\n`,
        )
        tools.say(`${file}: ${listings.length} projects`)
      }),
    )
}

const WORDS = { created: 'new', updated: 'changed', left_out: 'left out', noted: 'note' } as const

async function importFrom(
  context: Context,
  config: Config,
  from: string,
  { as, retire = false }: ImportFlags,
  { say, complain, failed }: Tools,
) {
  const source = await openSource(from, config, as)
  try {
    const row = await importDirectory(context, 'system', source, {
      retire,
      onProgress: ({ nextPage }, of) => complain(`Page ${nextPage - 1}${of === null ? '' : ` of ${of}`}`),
    })
    for (let after: string | undefined = ''; after !== undefined; ) {
      const lines = await listImportLines(context, row.id, after)
      for (const { did, entry, name, detail } of lines)
        say([`${WORDS[did].padEnd(9)}${name ?? entry}`, detail].filter(Boolean).join(': '))
      after = lines.at(-1)?.id
    }
    say(`${row.created} new, ${row.updated} changed, ${row.unchanged} as before, ${row.leftOut} left out`)
    if (row.status !== 'failed') return
    complain(
      row.nextPage === 1
        ? `Nothing was read in: ${row.failure}`
        : `It stopped at page ${row.nextPage}: ${row.failure} What was read stays; the next import goes on there.`,
    )
    throw failed()
  } finally {
    source.close()
  }
}
