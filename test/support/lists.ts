import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where `.ci/run` unpacks Debian's `webext-ublock-origin-chromium`, and where that package installs itself. */
const places = [
  join(import.meta.dirname, '../../.earshot/blocker/usr/share/chromium/extensions/ublock-origin/assets'),
  '/usr/share/chromium/extensions/ublock-origin/assets',
]
const names = [
  'thirdparties/easylist/easylist.txt',
  'thirdparties/easylist/easyprivacy.txt',
  'ublock/filters.min.txt',
  'ublock/privacy.min.txt',
  'ublock/quick-fixes.min.txt',
]

const folder = places.find((place) => existsSync(join(place, names[0] as string)))

/** Why there are no lists here and what would change that; undefined where there are. */
export const listsMissing = folder
  ? undefined
  : 'no block lists are here (Debian: webext-ublock-origin-chromium, unpacked into .earshot/blocker by .ci/run)'

/** EasyList, EasyPrivacy and uBlock's own lists, as an ad blocker ships them. */
export function readLists(): string {
  if (!folder) throw new Error(listsMissing)
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
}
