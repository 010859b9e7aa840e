/** Kilnyard's releases, the oldest first, with how many days ago each came out. */
const releases = [
  { name: '4.0.3', daysAgo: 90 },
  { name: '4.1.0', daysAgo: 46 },
  { name: '4.1.2', daysAgo: 31 },
  { name: '4.2.0', daysAgo: 17 },
  { name: '4.2.1', daysAgo: 13 },
  { name: '4.3.0', daysAgo: 4 },
]

/** Days ago when 4.2.0 came out, whose labels are blank, and 4.2.1, which repairs them. */
export const spikeDaysAgo = { from: 17, to: 13 }

/** The release that was current so many days ago. */
export function releaseAt(daysAgo: number): string {
  return releases.findLast((release) => release.daysAgo >= daysAgo)?.name ?? '4.0.3'
}
