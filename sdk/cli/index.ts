#!/usr/bin/env node
/**
 * `npx earshot`: carries feedback in and out of a collector. Talks to the private API with a secret key; draws on
 * stderr only, so that stdout holds the answer and nothing else.
 */
import { run } from './run.ts'

// A reader that has seen enough (`| head`) closes the pipe; that is no fault of ours. A disk that is full is to be told.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`earshot: The answer cannot be written (${error.code}).\n`)
  process.exit(1)
})

process.exitCode = await run(process.argv.slice(2), process)
