import { createApp } from './app.mjs'
import { createFeedback } from './feedback.mjs'

/** Serves the app on 127.0.0.1; `close()` delivers what waits before it ends. */
export async function serve({ endpoint, key, project, identitySecret, port }) {
  const feedback = createFeedback({ endpoint, key, project, identitySecret })
  const server = createApp({ feedback, endpoint, key })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    origin: `http://localhost:${server.address().port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(() => resolve()))
      const left = await feedback.flush()
      if (left > 0) console.error(`${left} could not be delivered.`)
    },
  }
}
