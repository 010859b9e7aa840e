import type { Member } from '../../wire/index.ts'
import { Failure } from '../failure.ts'

/** A member by the id, the e-mail address or the name. */
export function findMember(members: readonly Member[], text: string): Member {
  const wanted = text.toLowerCase()
  const exact = members.find(({ id }) => id === text)
  if (exact) return exact
  const found = members.filter(({ email, name }) => email?.toLowerCase() === wanted || name.toLowerCase() === wanted)
  const [member, ...others] = found
  if (member && others.length === 0) return member
  throw new Failure(
    'wrongUse',
    member
      ? `Several members are called "${text}". Give the id, as "earshot members" shows it.`
      : `No member of this project is "${text}". "earshot members" lists them: give an id, an e-mail address or a name.`,
  )
}
