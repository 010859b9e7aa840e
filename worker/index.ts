import { app } from './app.ts'
import type { Bindings } from './env.ts'
import { runSchedule } from './jobs/run.ts'
import { sendScheduled } from './jobs/sending.ts'
import { sweepFiles } from './jobs/sweep.ts'

export default {
  fetch: app.fetch,
  scheduled: (_event, env, context) => {
    context.waitUntil(followAndSend(env))
    context.waitUntil(sweepFiles(env))
  },
} satisfies ExportedHandler<Bindings>

/** What the consumers found new is sent; where one of them failed, what was found before is. */
async function followAndSend(env: Bindings): Promise<void> {
  try {
    await runSchedule(env.DB)
  } finally {
    await sendScheduled(env)
  }
}
