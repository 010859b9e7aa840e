import { defineConfig } from 'vitest/config'

const which = process.env['EARSHOT_TESTS']
const isLong = which === 'long'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // `npm run test:long` runs what takes long, `npm test` all the rest, and `npm run test:faults` of both what it names.
    include: [isLong ? 'test/**/*.long.test.ts' : 'test/**/*.test.ts'],
    exclude: isLong || which === 'all' ? [] : ['test/**/*.long.test.ts'],
    globalSetup: ['test/support/global.ts'],
    // A browser on a busy machine; nothing here waits for time to pass.
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    // A third one works while the others wait; what takes long needs the two cores to itself.
    maxWorkers: isLong ? 2 : 3,
  },
})
