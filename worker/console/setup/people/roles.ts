import type { Role } from '../../../../sdk/wire/index.ts'

export const roles: readonly Role[] = ['viewer', 'editor', 'admin']

export const roleNames: Record<Role, string> = { viewer: 'Viewer', editor: 'Editor', admin: 'Admin' }

/** What each may do, in one line. */
export const roleWords: Record<Role, string> = {
  viewer: 'Reads and exports feedback, and changes nothing.',
  editor: 'Reads, triages and exports feedback, and makes surveys.',
  admin: 'Does everything: also settings, keys, people, and erasing.',
}

/** @example withArticle('editor') // 'an editor' */
export const withArticle = (role: Role): string => `${role === 'viewer' ? 'a' : 'an'} ${roleNames[role].toLowerCase()}`
