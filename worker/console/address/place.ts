/** Which part of the console is on screen. */
export type Place =
  | { at: 'inbox' }
  | { at: 'numbers' }
  /** A section is a part of the builder; none: its questions. */
  | { at: 'surveys'; survey: string | null; isNew: boolean; section?: string }
  /** A person by UUID, `external:…`, `email:…` or `anonymous:…`, or an account by id. */
  | { at: 'people' | 'accounts'; id: string }
  /** A part is one thing of a section, such as a webhook; `show` is how it is shown, as the address says after `?`. */
  | { at: 'setup'; section: string | null; part?: string; show?: Readonly<Record<string, string>> }
  | { at: 'import' }
  | { at: 'account' }
  /** What the log is narrowed to, as the wire has it. */
  | { at: 'audit'; query: string }

const root = '/console'

/** @example readPlace('/console/surveys/nps', '') // { at: 'surveys', survey: 'nps', isNew: false } */
export function readPlace(path: string, search: string): Place {
  const [at, id = '', part = ''] = path
    .slice(root.length + 1)
    .split('/')
    .map(decoded)
  switch (at) {
    case 'surveys': {
      const query = new URLSearchParams(search)
      const section = query.get('section')
      return { at, survey: id || null, isNew: id === '' && query.has('new'), ...(section && { section }) }
    }
    case 'people':
    case 'accounts':
      return id === '' ? { at: 'inbox' } : { at, id }
    case 'setup': {
      const { project: _, ...show } = Object.fromEntries(new URLSearchParams(search))
      return { at, section: id || null, ...(part && { part }), ...(Object.keys(show).length > 0 && { show }) }
    }
    case 'audit': {
      const query = new URLSearchParams(search)
      query.delete('project')
      return { at, query: query.toString() }
    }
    case 'numbers':
    case 'import':
    case 'account':
      return { at }
    default:
      return { at: 'inbox' }
  }
}

/** The address of a place, without what follows `?`. */
export function placePath(place: Place): string {
  const id = idOf(place)
  const part = place.at === 'setup' ? (place.part ?? '') : ''
  return [root, place.at, ...[id ?? '', part].filter(Boolean).map(encodeURIComponent)].join('/')
}

/** Places that show what the filters select: they carry the view in the address bar. */
export function isFiltered({ at }: Place): boolean {
  return at === 'inbox' || at === 'numbers'
}

function idOf(place: Place): string | null {
  switch (place.at) {
    case 'surveys':
      return place.survey
    case 'people':
    case 'accounts':
      return place.id
    case 'setup':
      return place.section
    case 'inbox':
    case 'numbers':
    case 'import':
    case 'account':
    case 'audit':
      return null
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // A stray % is itself.
    return part
  }
}
