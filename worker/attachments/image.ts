import { imageSize } from 'image-size'
import { limits } from '../../sdk/wire/limits.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { jpegSize } from './jpeg.ts'

/** What a file says of itself. */
export interface Image {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
}

const types: [type: Image['type'], fits: (bytes: Uint8Array) => boolean][] = [
  ['image/png', (bytes) => hasAt(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => hasAt(bytes, 0, [0xff, 0xd8, 0xff])],
  ['image/webp', (bytes) => hasAt(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && hasAt(bytes, 8, [0x57, 0x45, 0x42, 0x50])],
]

const hasAt = (bytes: Uint8Array, at: number, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[at + i] === byte)

/**
 * Reads an image's type and size from its own bytes; what the sender called it does not count. Refuses what is no PNG,
 * JPEG or WebP, and what would decode into more pixels than a browser should be asked to hold.
 */
export function readImage(bytes: Uint8Array): Outcome<Image> {
  const noImage = failed('invalid', 'This is no PNG, JPEG or WebP image. Send the image itself, in one of these.', {
    issues: [{ path: 'body', reason: 'no PNG, JPEG or WebP' }],
  })
  const type = types.find(([, fits]) => fits(bytes))?.[0]
  const size = type === undefined ? null : sizeOf(bytes, type)
  if (type === undefined || size === null) return noImage
  const { width, height } = size
  if (!(width > 0 && height > 0)) return noImage
  if (width * height > limits.attachmentMaxPixels || Math.max(width, height) > limits.attachmentMaxSide) {
    return failed(
      'invalid',
      `The image has ${width} × ${height} pixels; at most ${limits.attachmentMaxPixels} together, and ${limits.attachmentMaxSide} along a side, are taken. Make it smaller.`,
      { issues: [{ path: 'body', reason: 'too many pixels' }] },
    )
  }
  return done({ type, width, height })
}

function sizeOf(bytes: Uint8Array, type: Image['type']): { width: number; height: number } | null {
  if (type === 'image/jpeg') return jpegSize(bytes)
  try {
    const size = imageSize(bytes)
    // What only begins like one is read as whatever else it may be.
    return `image/${size.type}` === type ? size : null
  } catch {
    // It begins like an image and breaks off, or contradicts itself.
    return null
  }
}
