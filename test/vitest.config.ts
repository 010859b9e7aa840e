import { defineConfig } from 'vitest/config'

const isLong = process.env['EARSHOT_TESTS'] === 'long'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // `npm run test:long` runs what takes long, and `npm test` all the rest.
    include: [isLong ? 'test/**/*.long.test.ts' : 'test/**/*.test.ts'],
    exclude: isLong ? [] : ['test/**/*.long.test.ts'],
    globalSetup: ['test/support/global.ts'],
    testTimeout: 30_000,
    // A browser on a busy machine; nothing here waits for time to pass.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
