import { crc32, deflateSync } from 'node:zlib'

type Bytes = Uint8Array<ArrayBuffer>

/** A grey PNG of this size that every viewer opens; `padding` bytes of text make it heavier. */
export function makePng(width: number, height: number, padding = 0): Bytes {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const lines = Buffer.alloc((width + 1) * height, 160)
  for (let y = 0; y < height; y++) lines[y * (width + 1)] = 0
  return bytesOf(
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(padding > 0 ? [chunk('tEXt', Buffer.alloc(padding, 0x20))] : []),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  )
}

/** Says that it has so many pixels, and has none. */
export function makeHugePng(width: number, height: number): Bytes {
  const png = makePng(1, 1)
  const view = new DataView(png.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return png
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** The headers of a JPEG of 3 by 2 pixels. */
export const jpeg: Bytes = bytesOf(
  Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0001108000200030301220002110103110100ffd9'.replaceAll(' ', ''),
    'hex',
  ),
)

/** A WebP of one pixel. */
export const webp: Bytes = bytesOf(Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'))

function bytesOf(...parts: Buffer[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
