import type { Note, Receipt } from '../../sdk/wire/index.ts'
import { signText } from '../access/secrets.ts'
import { referenceOf } from '../storage/reference.ts'

/** The receipt of an item. It is the same on every repeat: the token is an HMAC of the id. */
export async function makeReceipt(
  secret: string,
  item: { id: string; receivedAt: number; notes: Note[] },
): Promise<Receipt> {
  return {
    id: item.id,
    reference: referenceOf(item.id),
    receivedAt: new Date(item.receivedAt).toISOString(),
    notes: item.notes,
    edit: await signText(secret, `edit:${item.id}`),
  }
}
