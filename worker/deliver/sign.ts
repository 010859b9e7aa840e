const prefix = 'whsec_'

/** A new secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64. */
export const makeWebhookSecret = (bytes: Uint8Array): string => prefix + base64(bytes)

/** The headers of one attempt. */
export type SignedHeaders = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>

/**
 * Signs a message: `v1,` and the base64 HMAC-SHA-256 of `id.timestamp.body` by each secret, the newest first.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @param at when it is sent, epoch ms
 */
export async function signMessage(
  secrets: readonly string[],
  message: { id: string; body: string; at: number },
): Promise<SignedHeaders> {
  const timestamp = String(Math.floor(message.at / 1000))
  const text = new TextEncoder().encode(`${message.id}.${timestamp}.${message.body}`)
  const signatures = await Promise.all(
    secrets.map(async (secret) => {
      const bytes = Uint8Array.from(atob(secret.slice(prefix.length)), (character) => character.charCodeAt(0))
      const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
      return `v1,${base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, text)))}`
    }),
  )
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
