import { randomBase62 } from '../access/secrets.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { attachFile, insertFile, type Slot } from '../storage/files.ts'
import type { Image } from './image.ts'

/** The part of object storage that is needed to keep something. */
export type Files = Pick<R2Bucket, 'put'>

/** Puts an object where its row says that it waits for its item; the key of the object. */
export async function putImage(
  db: Database,
  files: Files,
  slot: Slot,
  bytes: ArrayBuffer | Uint8Array,
  image: Image,
): Promise<Outcome<string>> {
  const key = randomBase62(serverLimits.fileKeyLength)
  await insertFile(db, { ...slot, key, type: image.type, dueAt: Date.now() + serverLimits.fileWaitMs })
  try {
    await files.put(key, bytes, { httpMetadata: { contentType: image.type } })
    return done(key)
  } catch (error) {
    log('object storage failed', { error: describeError(error) })
    return failed('unavailable', 'Images cannot be stored just now. The words are stored; send the image again.', {
      retryAfter: serverLimits.filesRetrySeconds,
    })
  }
}

/**
 * Keeps an image: first the row that knows of the object, then the object under a random name, then the item shows it.
 * Wherever it breaks off, either the item shows a whole object or the schedule sweeps it.
 */
export async function keepImage(
  db: Database,
  files: Files,
  slot: Slot,
  bytes: ArrayBuffer | Uint8Array,
  image: Image,
): Promise<Outcome<Image & { bytes: number }>> {
  const put = await putImage(db, files, slot, bytes, image)
  if (!put.ok) return put
  const stored = { ...image, bytes: bytes.byteLength }
  const became = await attachFile(db, slot, { ...stored, file: put.value }, Date.now())
  if (became === 'gone') return failed('erased', 'The item was deleted meanwhile; its image is not kept.')
  if (became === 'late') {
    return failed('unavailable', 'The item was changed at the same time. Send the image again.', { retryAfter: 1 })
  }
  return done(stored)
}
