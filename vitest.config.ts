import { defineConfig } from 'vitest/config'

/** What needs a database runs once on each engine: the same files, the same promises. */
const onADatabase = ['store', 'actions', 'api', 'web', 'jobs', 'mail', 'audit', 'demo', 'journeys'].map(
  (room) => `tests/${room}/**/*.test.ts`,
)

export default defineConfig({
  test: {
    // better-sqlite3 is native code: processes, not threads. One for each of two cores.
    pool: 'forks',
    maxWorkers: 2,
    // Nothing is mocked and every test has a database of its own, so files may share a worker and what it has imported.
    isolate: false,
    // A test that plays twenty referrals through a real server on a busy machine needs more than five seconds.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['domain', 'house', 'templates'].map((room) => `tests/${room}/**/*.test.ts`),
        },
      },
      {
        extends: true,
        // columns.ts reads only the engine from here; each test opens a file of its own.
        test: { name: 'sqlite', include: onADatabase, env: { DATABASE_URL: 'sqlite' } },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: onADatabase,
          env: { DATABASE_URL: 'postgres://' },
          globalSetup: 'tests/support/postgres.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          env: { DATABASE_URL: 'sqlite' },
          testTimeout: 60_000,
        },
      },
    ],
  },
})
