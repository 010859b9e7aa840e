/**
 * Every fault that is to be survived, with the tests that make it: a file, and where not all of it is about this fault,
 * what the names of its tests have in common. What a page does to the widget (styles, policies, prototypes, lists) is
 * made before a stand-in collector, which stores what it gives a receipt for; all else before the real one.
 *
 * @type {{ fault: string, tests: [file: string, name?: RegExp][] }[]}
 */
export const faults = [
  {
    fault: 'a connection cut before the commit',
    tests: [
      ['test/sdk/faults.test.ts', /cut before the commit/],
      ['test/faults/line.long.test.ts', /while it is asked/],
    ],
  },
  {
    fault: 'a connection cut after the commit',
    tests: [
      ['test/sdk/faults.test.ts', /cut after the commit/],
      ['test/faults/line.long.test.ts', /while it is answered/],
    ],
  },
  {
    fault: 'offline and reload',
    tests: [
      ['test/sdk/faults.test.ts', /a reload while it waits/],
      ['test/sdk/faults.long.test.ts', /sent offline/],
      ['test/widget/delivery.test.ts', /next load|waits offline/],
    ],
  },
  {
    fault: '429 with Retry-After: seconds, a date, rubbish',
    tests: [
      ['test/sdk/faults.test.ts', /429 with Retry-After/],
      ['test/sdk/retry.test.ts', /429|503/],
      ['test/widget/delivery.test.ts', /Retry-After/],
      ['test/faults/answers.test.ts', /429/],
    ],
  },
  { fault: 'an hour of 500s', tests: [['test/sdk/faults.test.ts', /hour of 500s/]] },
  {
    fault: 'the same submission a hundred times in parallel',
    tests: [
      ['test/sdk/faults.long.test.ts', /hundred times in parallel/],
      ['test/worker/intake.test.ts', /hundred of it/],
    ],
  },
  {
    fault: 'the n-th database call failing, for every n',
    tests: [
      ['test/faults/nth-call.test.ts'],
      ['test/faults/nth-call-team.long.test.ts'],
      ['test/worker/erasing-faults.test.ts', /fails at any call/],
      ['test/worker/bulk.test.ts', /cut off|any call/],
      ['test/worker/object-storage.long.test.ts', /n-th call/],
    ],
  },
  {
    fault: 'a crash between a change and its entry in the audit log',
    tests: [
      ['test/faults/audit.long.test.ts'],
      ['test/faults/audit-items.long.test.ts'],
      ['test/faults/audit-setup.long.test.ts'],
      ['test/faults/audit-access.long.test.ts'],
    ],
  },
  { fault: 'a slow or overloaded database', tests: [['test/faults/answers.test.ts', /database/]] },
  {
    fault: 'a consumer that dies between its work and its mark',
    tests: [
      ['test/faults/consumers.test.ts', /dies/],
      ['test/worker/erasing-faults.test.ts', /consumers were cut off/],
      ['test/worker/changes-crash.long.test.ts'],
    ],
  },
  { fault: 'an item that no consumer can digest', tests: [['test/faults/consumers.test.ts', /digest/]] },
  {
    fault: 'kill with 32 in flight, then restart',
    tests: [['test/faults/kill.test.ts'], ['test/faults/kill.long.test.ts']],
  },
  { fault: 'object storage down', tests: [['test/worker/object-storage.long.test.ts', /object storage is down/]] },
  {
    fault: 'a crash between object storage and database',
    tests: [['test/worker/object-storage.long.test.ts', /between object storage and database/]],
  },
  {
    fault: 'clocks ten years off',
    tests: [['test/sdk/faults.test.ts', /ten years|fourteen days/], ['test/faults/clock.test.ts']],
  },
  {
    fault: 'storage full, denied, or wiped',
    tests: [
      ['test/sdk/faults.test.ts', /storage is (denied|full|wiped)/],
      ['test/widget/delivery.test.ts', /storage is denied/],
    ],
  },
  {
    fault: 'navigating away mid-send on a slow line',
    tests: [
      ['test/sdk/faults.test.ts', /closed mid-send/],
      ['test/widget/delivery.test.ts', /goes away/],
    ],
  },
  { fault: 'the script twice, in two versions', tests: [['test/widget/hostile/versions.long.test.ts']] },
  {
    fault: 'two tabs',
    tests: [
      ['test/sdk/faults.test.ts', /two tabs/],
      ['test/widget/delivery.test.ts', /two tabs/],
    ],
  },
  { fault: 'hostile CSS', tests: [['test/widget/hostile/styles.long.test.ts']] },
  { fault: 'polluted prototypes and a patched fetch', tests: [['test/widget/hostile/pollution.long.test.ts']] },
  {
    fault: 'strict policies',
    tests: [['test/widget/hostile/policies.long.test.ts'], ['test/widget/hostile/frames.long.test.ts', /sandbox/]],
  },
  { fault: 'ad-block lists', tests: [['test/widget/hostile/blockers.long.test.ts']] },
  {
    fault: '2 MB of text',
    tests: [
      ['test/worker/intake.test.ts', /2 MB of text/],
      ['test/faults/answers.test.ts', /2 MB/],
    ],
  },
  { fault: 'a disk that is full', tests: [['test/faults/full-disk.long.test.ts']] },
  {
    fault: 'a migration killed at every statement and run again',
    tests: [['test/faults/migrations.test.ts'], ['test/faults/migrations.long.test.ts']],
  },
  {
    fault: 'a client that leaves mid-export',
    tests: [['test/faults/leaving.long.test.ts'], ['test/cli/export-resume.test.ts']],
  },
  {
    fault: 'two schedules at once',
    tests: [
      ['test/worker/consumers.test.ts', /several schedules/],
      ['test/faults/consumers.long.test.ts', /two schedules/],
    ],
  },
  {
    fault: 'a webhook receiver that is down, hangs, redirects, or answers endlessly',
    tests: [
      ['test/deliver/attempt.test.ts', /^an attempt/],
      ['test/deliver/telling.test.ts', /failing call/],
      ['test/deliver/sending.test.ts', /^a receiver that fails|waits for nobody/],
    ],
  },
  { fault: 'a project whose many webhook receivers hang', tests: [['test/faults/receivers.test.ts']] },
  {
    fault: 'a secret rotated between two retries',
    tests: [
      ['test/faults/answers.test.ts', /rotated/],
      ['test/deliver/sending.test.ts', /rotation/],
    ],
  },
  {
    fault: 'an erasure while a copy waits in an outbox',
    tests: [
      ['test/faults/answers.test.ts', /erased/],
      ['test/worker/erasing-faults.test.ts', /lets nothing in/],
    ],
  },
]
