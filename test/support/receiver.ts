import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as a receiver got it. */
export interface Received {
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** A server on this machine that takes messages. */
export interface Receiver {
  url: string
  received: Received[]
  /** What it answers: a status, or whatever it does itself. */
  answer: number | ((response: ServerResponse, request: Received) => void)
  stop(): Promise<void>
}

export async function startReceiver(answer: Receiver['answer'] = 204): Promise<Receiver> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
      receiver.received.push(one)
      if (typeof receiver.answer === 'function') receiver.answer(response, one)
      else response.writeHead(receiver.answer).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
