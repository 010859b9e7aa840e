import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of a test's own. */
export interface Served {
  origin: string
  close(): Promise<void>
}

/** A way to the collector that can be cut. */
export interface Relay extends Served {
  /** While it is, connections are cut without an answer. */
  down: boolean
  /** Does something else with a request than to hand it on, or with its answer. */
  meddle: Meddle | undefined
}

/** `handOn` asks the collector, and gives what answers the sender with what it said. */
export type Meddle = (
  exchange: { request: IncomingMessage; response: ServerResponse; body: string },
  handOn: () => Promise<() => void>,
) => unknown

/** Stands before a collector and hands everything on as it is. */
export async function startRelay(collector: string): Promise<Relay> {
  const hand = async (request: IncomingMessage, response: ServerResponse) => {
    if (relay.down) return request.socket.destroy()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { host: _, connection: __, ...headers } = request.headers
    const handOn = async () => {
      const answer = await fetch(collector + request.url, {
        method: request.method,
        headers: headers as Record<string, string>,
        body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      })
      const kept = [...answer.headers].filter(
        ([name]) => !/^(content-encoding|content-length|transfer-enc.*)$/.test(name),
      )
      const body = Buffer.from(await answer.arrayBuffer())
      return () => void response.writeHead(answer.status, Object.fromEntries(kept)).end(body)
    }
    if (relay.meddle) return relay.meddle({ request, response, body: Buffer.concat(chunks).toString() }, handOn)
    return (await handOn())()
  }
  // A collector that is gone is a relay that is cut.
  const served = await serve((request, response) => void hand(request, response).catch(() => request.socket.destroy()))
  const relay: Relay = Object.assign(served, { down: false, meddle: undefined })
  return relay
}

/** Serves one answer on an origin of its own. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Served> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
