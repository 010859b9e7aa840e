const counts = ['runs', 'acknowledged', 'stored', 'doubled', 'lost', 'dropped', 'counted']

/**
 * The table that ends a run: a line for each fault, its numbers as the tests counted them, a dash where none did.
 * `isWhole` says that every fault was made, by tests that all passed, that nothing acknowledged was lost, nothing
 * doubled, and every drop counted.
 *
 * @param faults as in `list.mjs`
 * @param ran each test: `{ file, test, status }`
 * @param tallies what tests counted: `{ file, test, runs, … }`
 */
export function tableOf(faults, ran, tallies) {
  const lines = faults.map((fault) => lineOf(fault, ran, tallies))
  const head = ['fault', ...counts, 'tests']
  const rows = lines.map(({ fault, sums, passed, failed, left }) => [
    fault,
    ...counts.map((name) => sums[name]?.toLocaleString('en') ?? '–'),
    [`${passed} passed`, failed > 0 && `${failed} FAILED`, left > 0 && `${left} left out`].filter(Boolean).join(', '),
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)))
  const isNumber = (i) => i > 0 && i <= counts.length
  const write = (row) =>
    row
      .map((cell, i) => cell[isNumber(i) ? 'padStart' : 'padEnd'](widths[i]))
      .join('  ')
      .trimEnd()
  const namesOf = (some) => some.map(({ fault }) => fault).join('; ')
  const leftOut = lines.filter(({ passed, failed, left }) => left > 0 && passed + failed === 0)
  const broken = lines.filter((line) => !leftOut.includes(line) && !isHeld(line))
  const sum = [
    broken.length > 0
      ? `Not survived: ${namesOf(broken)}.`
      : `All ${lines.length - leftOut.length} faults that were made were survived.`,
    ...(leftOut.length > 0 ? [`Left out, because this machine lacks what it takes: ${namesOf(leftOut)}.`] : []),
  ].join('\n')
  return { text: [write(head), ...rows.map(write), '', sum].join('\n'), isWhole: broken.length === 0 }
}

function lineOf({ fault, tests }, ran, tallies) {
  const isMeant = ({ file, test }) =>
    tests.some(([path, name]) => path === file && (name === undefined || name.test(test.replaceAll(' > ', ' '))))
  const meant = ran.filter(isMeant)
  const told = tallies.filter(isMeant)
  const sums = {}
  for (const name of counts) {
    const given = told.map((tally) => tally[name]).filter((count) => count !== undefined)
    if (given.length > 0) sums[name] = given.reduce((sum, count) => sum + count, 0)
  }
  const number = (status) => meant.filter((one) => one.status === status).length
  const [passed, failed] = [number('passed'), number('failed')]
  // A test that counted nothing made its fault once.
  const silent = meant.filter(
    ({ file, test, status }) =>
      status === 'passed' && !told.some((one) => one.file === file && one.test.replaceAll(' > ', ' ') === test),
  )
  sums.runs = (sums.runs ?? 0) + silent.length
  return { fault, sums, passed, failed, left: meant.length - passed - failed }
}

const isHeld = ({ sums, passed, failed }) =>
  passed > 0 &&
  failed === 0 &&
  (sums.doubled ?? 0) + (sums.lost ?? 0) === 0 &&
  (sums.dropped ?? 0) === (sums.counted ?? 0)
