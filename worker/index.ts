import { app } from './app.ts'
import type { Bindings } from './env.ts'
import { runSchedule } from './jobs/run.ts'
import { sendScheduled } from './jobs/sending.ts'
import { sweepFiles } from './jobs/sweep.ts'

export default {
  fetch: app.fetch,
  scheduled: (_event, env, context) => {
    // What the consumers found new is sent; where one of them failed, what was found before is.
    context.waitUntil(runSchedule(env.DB).finally(() => sendScheduled(env)))
    context.waitUntil(sweepFiles(env))
  },
} satisfies ExportedHandler<Bindings>
