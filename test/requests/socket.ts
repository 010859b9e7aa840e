import { connect } from 'node:net'

/** An answer as it came over the wire. */
export interface Raw {
  status: number
  headers: Headers
  body: string
}

/** Sends a request line and headers as they are written here: no client in between tidies anything up. */
export function sendAsIs(origin: string, lines: readonly string[], body = ''): Promise<Raw> {
  const { hostname, port, host } = new URL(origin)
  const named = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${host}`]
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => {
      socket.write([...lines, ...named, 'Connection: close', '', body].join('\r\n'))
    })
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const [line = '', ...fields] = head.split('\r\n')
      const pairs = fields.map((field): [string, string] => {
        const at = field.indexOf(':')
        return [field.slice(0, at), field.slice(at + 1).trim()]
      })
      resolve({ status: Number(line.split(' ')[1] ?? 0), headers: new Headers(pairs), body: rest.join('\r\n\r\n') })
    })
  })
}

/** Begins a request and leaves it there; `end` closes it. */
export function beginSlowly(origin: string, lines: readonly string[], beginning: string): Promise<{ end: () => void }> {
  const { hostname, port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write([...lines, `Host: ${host}`, '', beginning].join('\r\n'), () =>
        resolve({ end: () => socket.destroy() }),
      )
    })
    socket.on('error', reject)
    socket.resume()
  })
}
