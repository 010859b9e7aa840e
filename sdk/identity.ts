import type { Person } from './wire/index.ts'
import { scrub } from './scrub.ts'
import { uuidv7 } from './uuid.ts'

/** A JWT signed with the project's identity secret, or what fetches one; it is asked at each attempt. */
export type Token = string | (() => string | Promise<string>)

/**
 * Who speaks: what the page knows of the person, or a token that proves it, or both.
 *
 * @example
 * { id: 'u_42', email: 'ada@example.com', traits: { plan: 'pro' }, account: { id: 'acme' } }
 */
export interface Identity extends Person {
  /** Signed on your server with the project's identity secret, an hour at most; a function is asked at each attempt. */
  token?: Token
}

/** What this page knows of who speaks. Only the anonymous id is ever stored; person and token live in memory. */
export interface Identities {
  /** The person without the token. */
  person: () => Person | undefined
  /** Marks a submission with who speaks now, so that nobody else's token ever goes with it. */
  speaker: () => string | undefined
  set: (identity: Identity) => void
  /** Forgets who speaks, at once; gives what forgets also how they prove it, once all is sent that they said. */
  clear: () => () => void
  /** A token of the person who spoke, or undefined; rejects when the page's own function does. */
  tokenFor: (speaker: string) => Promise<string | undefined>
  /** The visitor's random id, made when there is none; undefined where that is refused. */
  anonymousId: () => string | undefined
  consent: (given: boolean) => void
}

/** What proves who somebody is. */
interface Proof {
  speaker?: string
  token?: Token
  /** The person's id, as the page said it. */
  id?: string
}

/** Keeps who speaks, with the anonymous id in `localStorage` under `storageKey`. `shy`: none without consent. */
export function createIdentities(storageKey: string, shy?: boolean): Identities {
  let person: Person | undefined
  let proof: Proof = {}
  const former = new Set<Proof>()
  let anonymous: string | undefined

  const anonymousId = () =>
    shy ? undefined : (anonymous ??= access((storage) => (storage[storageKey] ??= uuidv7()) as string) ?? uuidv7())
  const forget = () => {
    anonymous = undefined
    access((storage) => delete storage[storageKey])
  }

  return {
    person: () => person,
    speaker: () => proof.speaker,
    set({ token, ...rest }) {
      const { id } = rest
      if (!/^string(string|function)$/.test(typeof (id ?? '') + typeof (token ?? '')))
        throw new TypeError('id or token')
      person = Object.keys(rest).length > 0 ? (scrub(rest) as Person) : undefined
      // Without an id in sight the mark holds for this page only.
      proof = token ? { speaker: id ?? readSubject(token) ?? uuidv7(), token, id } : {}
    },
    clear() {
      const left = proof
      former.add(left)
      proof = {}
      person = undefined
      forget()
      return () => former.delete(left)
    },
    async tokenFor(wanted) {
      const all = [proof, ...former]
      // Nobody's here: kept by another page, for whoever was here first.
      const { speaker, token, id } = all.find((one) => one.speaker === wanted) ?? all.at(-1)!
      const fresh: unknown = typeof token === 'function' ? await token() : token
      if (typeof fresh !== 'string') return undefined
      const subject = readSubject(fresh)
      // A session may have become somebody else's.
      return wanted === subject || (wanted === speaker && !(id && subject)) ? fresh : undefined
    },
    anonymousId,
    consent(given) {
      shy = !given
      if (given) anonymousId()
      else forget()
    },
  }
}

/** The `sub` of a JWT, unverified: it only decides whose submission the token may go with. */
export function readSubject(token: Token): string | undefined {
  try {
    const claims = (token as string).split('.')[1] as string
    // Bytes as text, then that text read as UTF-8.
    const bytes = atob(claims.replace(/-/g, '+').replace(/_/g, '/'))
    return (JSON.parse(decodeURIComponent(escape(bytes))) as { sub?: string }).sub
  } catch {
    // A function, or no JWT: it goes only with what is said while it is set.
    return undefined
  }
}

function access<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(localStorage)
  } catch {
    // Storage denied, or no browser: the id lives as long as the page.
    return undefined
  }
}
