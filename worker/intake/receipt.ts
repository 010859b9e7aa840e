import type { Note, Receipt } from '../../sdk/wire/index.ts'
import { editText, signText, uploadText } from '../access/secrets.ts'
import { referenceOf } from '../storage/reference.ts'

/**
 * The receipt of an item. It is the same on every repeat, since its tokens are HMACs of the id; they are left out where
 * the body is not the one that was stored.
 */
export async function makeReceipt(
  secret: string,
  item: { id: string; receivedAt: number; notes: Note[]; attachments: number },
  isSender: boolean,
): Promise<Receipt> {
  const { id, attachments } = item
  const numbers = Array.from({ length: attachments }, (_, n) => n)
  return {
    id,
    reference: referenceOf(id),
    receivedAt: new Date(item.receivedAt).toISOString(),
    notes: item.notes,
    ...(isSender && { edit: await signText(secret, editText(id)) }),
    ...(isSender &&
      attachments > 0 && { upload: await Promise.all(numbers.map((n) => signText(secret, uploadText(id, n)))) }),
  }
}
