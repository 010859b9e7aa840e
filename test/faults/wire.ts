import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A wire to a collector that breaks after so many bytes. */
export interface Wire {
  origin: string
  /** Where it breaks: after so many bytes on the way there or on the way back; undefined: nowhere. */
  cut: { way: 'there' | 'back'; after: number } | undefined
  /** How many bytes went each way on the last connection. */
  bytes: { there: number; back: number }
  close: () => Promise<void>
}

/** Stands before a collector as a bare wire: it knows bytes and no requests. Both ends see a connection that was reset. */
export async function startWire(collector: string): Promise<Wire> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(new URL(collector).port), '127.0.0.1')
    const { cut } = wire
    const bytes = (wire.bytes = { there: 0, back: 0 })
    const pass = (from: Socket, to: Socket, way: 'there' | 'back') =>
      from.on('data', (chunk: Buffer) => {
        const room = cut?.way === way ? cut.after - bytes[way] : Infinity
        const part = chunk.subarray(0, Math.min(room, chunk.length))
        bytes[way] += part.length
        if (chunk.length < room) return void to.write(part)
        // What went before it arrives, then both ends are broken off.
        to.write(part, () => {
          near.resetAndDestroy()
          far.resetAndDestroy()
        })
      })
    for (const socket of [near, far]) {
      sockets.add(socket)
      // The other end sees it.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    pass(near, far, 'there')
    pass(far, near, 'back')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const wire: Wire = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: undefined,
    bytes: { there: 0, back: 0 },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return wire
}
