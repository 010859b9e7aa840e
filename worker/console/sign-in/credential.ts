import type { NewPasskey, PasskeySignIn } from '../../../sdk/wire/index.ts'

type CreatedCredential = NewPasskey['credential']
type AssertedCredential = PasskeySignIn['credential']

/** Whether this browser can use passkeys at all, on this page. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis && 'credentials' in navigator

/**
 * Has the browser make a passkey from the collector's options (`POST /v1/passkeys/options`); null where the person called
 * it off. By hand, because `parseCreationOptionsFromJSON` and `toJSON` are missing in browsers of two years ago.
 */
export async function createPasskey(options: Record<string, unknown>): Promise<CreatedCredential | null> {
  const json = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const publicKey = {
    ...json,
    challenge: toBytes(json.challenge),
    user: { ...json.user, id: toBytes(json.user.id) },
    excludeCredentials: json.excludeCredentials?.map(toDescriptor) ?? [],
  } as unknown as PublicKeyCredentialCreationOptions
  const made = await ask(() => navigator.credentials.create({ publicKey }))
  if (made === null) return null
  const response = made.response as AuthenticatorAttestationResponse
  return {
    id: made.id,
    rawId: toText(made.rawId),
    type: 'public-key',
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports(),
    },
  }
}

/** Has the browser sign with a passkey of this host (`POST /v1/sign-in/options`); null where the person called it off. */
export async function usePasskey(options: Record<string, unknown>): Promise<AssertedCredential | null> {
  const json = options as unknown as PublicKeyCredentialRequestOptionsJSON
  const publicKey = {
    ...json,
    challenge: toBytes(json.challenge),
    allowCredentials: json.allowCredentials?.map(toDescriptor) ?? [],
  } as unknown as PublicKeyCredentialRequestOptions
  const used = await ask(() => navigator.credentials.get({ publicKey }))
  if (used === null) return null
  const response = used.response as AuthenticatorAssertionResponse
  return {
    id: used.id,
    rawId: toText(used.rawId),
    type: 'public-key',
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: response.userHandle && toText(response.userHandle),
    },
  }
}

/** Browsers say "not allowed" for what was called off, timed out, or is not there, so that no page learns which. */
async function ask(show: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await show()) as PublicKeyCredential | null
  } catch (error) {
    if (error instanceof DOMException && /^(NotAllowed|Abort)Error$/.test(error.name)) return null
    throw error
  }
}

const toDescriptor = ({ id, ...rest }: PublicKeyCredentialDescriptorJSON) => ({ ...rest, id: toBytes(id) })

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

function toText(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
