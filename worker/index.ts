import { app } from './app.ts'
import type { Bindings } from './env.ts'
import { runSchedule } from './jobs/run.ts'
import { sweepFiles } from './jobs/sweep.ts'

export default {
  fetch: app.fetch,
  scheduled: (_event, env, context) => {
    context.waitUntil(runSchedule(env.DB))
    context.waitUntil(sweepFiles(env))
  },
} satisfies ExportedHandler<Bindings>
