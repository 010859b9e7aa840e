import { plainName } from './suggest.ts'

/** A tool whose exports are known by the names of their columns. */
export interface KnownSource {
  name: string
  /** What is kept as `source` of each item. */
  key: string
  /** What its items are, where the file does not say. */
  kind: string | null
}

interface Signature extends KnownSource {
  /** All of these must be there, in the form of `plainName`. */
  all: RegExp[]
}

/**
 * UserVoice documents its columns (`suggestion.title`, …); Canny and Productboard do not, so what tells them is how their
 * own words come together: posts on boards with votes, notes with features.
 * https://help.uservoice.com/hc/en-us/articles/360035485693
 */
const signatures: Signature[] = [
  { name: 'UserVoice', key: 'uservoice', kind: 'idea', all: [/^suggestion(id|title|body)/] },
  {
    name: 'Productboard',
    key: 'productboard',
    kind: null,
    all: [/^note(id|title|text|content|state)|^features?$|^linkedfeatures?$/, /title/, /(company|customer|user)/],
  },
  {
    name: 'Canny',
    key: 'canny',
    kind: 'idea',
    all: [/^board(name)?$/, /^(post)?title$/, /^(votes?|votecount|score|upvotes)$/],
  },
  { name: 'Google Forms', key: 'survey', kind: null, all: [/^(timestamp|zeitstempel|horodateur|marcatemporal)$/] },
  {
    name: 'Typeform',
    key: 'survey',
    kind: null,
    all: [/^submitdateutc$|^submittedat$/, /^(networkid|token|responsetype)$|^$/],
  },
  { name: 'SurveyMonkey', key: 'survey', kind: null, all: [/^respondentid$/, /^collectorid$/] },
]

/** The tool that a file probably comes from. */
export function recognise(headers: readonly string[]): KnownSource | null {
  const names = headers.map(plainName)
  const found = signatures.find(({ all }) => all.every((one) => names.some((name) => one.test(name))))
  return found === undefined ? null : { name: found.name, key: found.key, kind: found.kind }
}
