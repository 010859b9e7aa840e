/** Numbers of the collector alone, each with its reason. What both sides obey stands in `sdk/wire/limits.ts`. */
export const serverLimits = {
  /** How much of a body that is too large anyway is still read before the connection is cut, in bytes. */
  bodyDrainMaxBytes: 8_000_000,
  /** How long an isolate trusts a key it has looked up, in ms: a revoked key stops within a minute. */
  keyCacheMs: 60_000,
  /**
   * What one sender (an IPv4 address, or 64 bits of IPv6) may submit to one project, steadily a minute and at once: an
   * office of 300 behind one address that answers a survey in the same minute passes, and one address alone (43,500 a
   * day) does not use up a project's quota. A deployment may set `ADDRESS_PER_MINUTE`; at once is ten minutes' worth.
   */
  addressPerMinute: 30,
  addressBurstMinutes: 10,
  /**
   * What may come with one key, steadily a minute and at once, in each isolate: 20 a second is a survey that 100,000
   * people see within ten minutes, and a small part of what a database takes, so that the others have theirs. A deployment
   * may set `KEY_PER_MINUTE`; at once is a quarter of a minute's worth, so that a hundred who press the button together pass.
   */
  keyPerMinute: 1_200,
  keyBurstMinutes: 0.25,
  /** How much more of everything else may come (settings of the widget, displays, images): one submission goes along with
   * two requests for these, or five where it has images, and most pages that ask never submit. Counted apart. */
  besideFactor: 4,
  /** What Cloudflare's limiters let through a minute, where they are bound: somewhat above what one isolate does, since
   * they are there for senders who reach several. In seconds, how long their window is. */
  limiterAddress: 400,
  limiterKey: 2_400,
  limiterSeconds: 60,
  /** How much of one project is stored at once in an isolate, as seconds of `keyPerMinute`: six submissions, and the others
   * stand in line behind six at most, however many wait. */
  shareSeconds: 0.3,
  /** How long a submission waits for its place in that, how often it looks, and after how long a place counts as lost, in
   * ms: a person at a form waits some seconds gladly, and no request lasts longer than the last. */
  shareWaitMs: 10_000,
  sharePauseMs: 200,
  shareLostMs: 60_000,
  /** Unknown keys that one sender may try, a minute and at once: each is a look into the database. Mistyped keys are few,
   * and a known one needs no look. */
  unknownKeys: { perMinute: 60, burst: 100 },
  /** Buckets an isolate remembers: some 3 MB. What is forgotten may begin anew, so a flood from more addresses than this
   * is held back by its key alone. */
  bucketsMax: 20_000,
  /** How old what an isolate knows of a project may be when it refuses by it, in ms: an origin that was allowed and a quota
   * that was raised work within this time everywhere, and a flood of refusals asks the database this often at most. */
  refusalRereadMs: 5_000,
  /** How long an isolate counts a project's quota by itself, in ms: several may overshoot by what they take meanwhile. */
  quotaRereadMs: 30_000,
  /** How often an isolate writes down what it counted, in ms: a row for each outcome and time, however many there were. */
  tallyMs: 10_000,
  /** Different outcomes, and refused origins, that wait to be written: far more than there are, unless made up. */
  tallyMax: 2_000,
  /** Refused origins that a project keeps, those refused most, and for how long, in ms: made-up ones must not bury real
   * ones. */
  refusedOriginsMax: 100,
  refusedOriginsMs: 30 * 24 * 3_600_000,
  /** Days of outcomes in one answer. */
  outcomeDaysMax: 400,
  /** New items that the pages of a project may add a day unless it says otherwise: ten times what a product with
   * a million users hears, and at 8 rows an item a flood that nobody notices costs 40 cents a day. The free plan's 100,000
   * rows a day end at some 12,000 items; a project's quota should be below that there. */
  quotaPerDay: 50_000,
  /** Keys an isolate remembers; more than a deployment has, and little memory. */
  keyCacheMax: 1_000,
  /**
   * How old what an isolate knows of a project's identity secrets may be before it looks again for one that fits, in ms:
   * a new secret works within this time everywhere, and a flood of bad tokens asks the database this often at most.
   */
  identityRereadMs: 5_000,
  /** Identity secrets of one project that are not revoked: a rotation needs two, and each is tried in turn. */
  identitySecretsMax: 10,
  /** How far the clocks of signer and collector may differ, in seconds. */
  identityLeewaySeconds: 60,
  /** How often a secret key's last use is written, in ms: one row an hour and key, not one a request. */
  keyUseEveryMs: 3_600_000,
  /** A sign-in link works this long, in ms. */
  signInLinkMs: 24 * 3_600_000,
  /** A session lasts this long, in ms. */
  sessionMs: 30 * 24 * 3_600_000,
  /** How long a receipt's tokens are good, in ms. */
  tokenMs: 30 * 24 * 3_600_000,
  /** How long a link to an image is good that a person reads now, in seconds; and at which steps links change, so that
   * a browser finds what it has. */
  linkSeconds: 3_600,
  linkStepSeconds: 1_800,
  /** The same for links in exports and changes, which are opened days later, in seconds. */
  exportLinkSeconds: 7 * 24 * 3_600,
  /** Base62 characters in an object's name: 238 bits that nobody guesses. */
  fileKeyLength: 40,
  /** How long an object may be on its way into its item, in ms: no request lasts that long. */
  fileWaitMs: 3_600_000,
  /** When to try again while object storage is down, in seconds. */
  filesRetrySeconds: 30,
  /** Objects one round of sweeping removes (R2 deletes 1,000 at a time), and rounds of one run. */
  sweepBatch: 500,
  sweepRoundsMax: 20,
  /** A consumer's lease, in ms: longer than any batch takes, short enough to go on soon after a crash. */
  leaseMs: 30_000,
  /** Items a consumer takes at a time: 500 whole items are read in one query of a few MB at most. */
  consumerBatch: 500,
  /** Items a poke takes at a time: submissions are waiting then, and a batch holds up the one writer. */
  pokeBatch: 100,
  /** Batches one run of a consumer does before it lets go: a request may make 1,000 queries in all. */
  consumerBatchesMax: 100,
  /** How long a poke waits for others, in ms: a tenth of a second is at once for people and a burst for a database. */
  pokeDelayMs: 100,
  /** How much longer than a round took the next one waits: pokes take at most a fifth of the database's time. */
  pokeRestFactor: 4,
  /** Items that must wait before a poke counts them and learns of their people; the schedule does the rest every minute.
   * Spreads the rows of rollups and leases. */
  countsBacklog: 2_000,
  /** How often, and how long in ms, an exact answer waits for a consumer that is at work: 2.5 s in all. */
  catchUpAttempts: 50,
  catchUpWaitMs: 50,
  /** Items that one transaction of an erasure takes: a dozen rows each, and the one writer is held up meanwhile. */
  eraseBatch: 200,
  /** Items that one request erases: with finding out who is meant, some 40 calls to the database of the 50 that a request
   * has on the free plan. */
  eraseItemsMax: 1_000,
  /** Times that an erasure looks whether it has learned further addresses. */
  eraseRoundsMax: 5,
  /** When to ask again while the index is behind, in seconds. */
  behindRetrySeconds: 5,
  /** Items of one page of an export, and the bytes of their text: this keeps memory flat and queries few. */
  exportPage: { rows: 1_000, bytes: 2_000_000 },
  /** Items that one part of an export has at most: some 50 queries, which is what a request has on the free plan. */
  exportPartMax: 30_000,
  /** Images that go along with an export: each is a call to object storage, of the 1,000 that a request has. */
  exportImagesMax: 800,
  /** Surveys that a table of answers is narrowed to by their ids; where there are more, every item is looked at. */
  exportSurveysMax: 200,
  /** Lines of one page of a backup; of items at most 4 MB of text. */
  backupPage: 500,
  /** One request of a restore, in bytes: an item with all its notes alone may be larger than a submission. */
  restoreMaxBytes: 4_000_000,
  /** How much longer than now an image must wait for the item that is restored now, in ms. */
  restoreMarginMs: 60_000,
  /** Depth of nested JSON that is kept. */
  jsonMaxDepth: 12,
  /** How long `/v1/widget` is fresh and then usable while it is fetched anew, in seconds. */
  widgetFreshSeconds: 3_600,
  widgetStaleSeconds: 86_400,
  /** How long browsers may remember a preflight, in seconds: two hours are Chromium's maximum. */
  preflightSeconds: 7_200,
  /** Changes one page of `/v1/changes` holds unless told, and at most. */
  changesDefault: 500,
  changesMax: 1_000,
  /** One report of displays, in bytes; its lines; and what a line may say, so that one page cannot spoil a count by much. */
  displaysMaxBytes: 16_000,
  displayLinesMax: 100,
  displayCountMax: 1_000,
  /** One `POST /v1/feedback/bulk`, in bytes: what undoes 500 items may name 50 labels for each. */
  bulkMaxBytes: 2_000_000,
  /** Saved views that one member may have, and the shared ones of a project: more than a side bar holds. */
  viewsMax: 100,
  /** Visits less far apart are one, in ms. */
  visitGapMs: 30 * 60_000,
  /** A visit that goes on is written down this often at most, in ms: tabs and reloads cost a row a minute. */
  visitWriteMs: 60_000,
  /** Notes of the team on one item, as UTF-8 JSON, in bytes: with a submission of any size a row stays under D1's 2 MB. */
  teamNotesMaxBytes: 200_000,
  /** One line of an import, in bytes: the largest submission, what the collector adds to it, and the team's notes. */
  importLineMaxBytes: 512_000,
  /** Times that a change is made again when somebody else changed the item meanwhile: a team of ten may note at once. */
  reviseAttempts: 20,
  /** How far ahead of ours a clock may be that says when something was said, in ms. */
  clockLeewayMs: 60_000,
  /** Kinds of one environment that a project lists: those it offers and those that somebody made up. */
  kindsMax: 100,
  /** Values that `/v1/names/values` suggests. */
  valuesMax: 50,
  /** Groups that a list is divided into: more than a person opens, and each of a large list is a count of its own. */
  groupsMax: 50,
  /** Items of an account that are looked at for who spoke, the latest first: a second of reading at most. */
  speakerItemsMax: 5_000,
} as const
