import { defineConfig } from 'vitest/config'

/** Kills, power cuts and races by the hundred: minutes long, so apart from `npm test` (docs/reliability.md). */
export default defineConfig({
  test: {
    pool: 'forks',
    // Each of these keeps both cores busy by itself: two at once would only slow each other into timeouts.
    fileParallelism: false,
    maxWorkers: 1,
    isolate: false,
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], env: { DATABASE_URL: 'sqlite' } },
      },
      {
        extends: true,
        test: {
          name: 'faults-postgres',
          include: ['tests/faults/**/*.test.ts'],
          // What reaches the disk of a server is PostgreSQL's own promise, not ours.
          exclude: ['tests/faults/power-cuts.test.ts'],
          env: { DATABASE_URL: 'postgres://' },
          globalSetup: 'tests/support/postgres.ts',
        },
      },
    ],
  },
})
