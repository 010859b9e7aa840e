/** Numbers of the collector alone, each with its reason. What both sides obey stands in `sdk/wire/limits.ts`. */
export const serverLimits = {
  /** Lines that an isolate writes of refusals in a minute: enough to find one, too few to flood the log. */
  refusalLinesPerMinute: 60,
  /** How much of a body that is too large anyway is still read before the connection is cut, in bytes. */
  bodyDrainMaxBytes: 8_000_000,
  /** How long a body may take to come, in ms: the largest image over a line of 150 kbit/s. */
  bodyReadMs: 300_000,
  /** How long an isolate trusts a key it has looked up, in ms: a revoked key stops within a minute. */
  keyCacheMs: 60_000,
  /**
   * What one sender (an IPv4 address, or 64 bits of IPv6) may submit to one project, steadily a minute and at once: an
   * office of 300 behind one address that answers a survey in the same minute passes. A deployment may set `ADDRESS_PER_MINUTE`; at once is ten minutes' worth.
   */
  addressPerMinute: 30,
  addressBurstMinutes: 10,
  /**
   * What one sender may have of a project's quota of a day, in each isolate, once `heldFrom` of it is used: a `share`, but
   * `atLeast` so many items. The rate above lets 43,500 a day through, so two machines with a copied key would keep everybody
   * else out of 50,000. A tenth is 5,000: a company behind one address answers a survey whole. Asked again after `retryMs`.
   */
  addressPortion: { share: 0.1, atLeast: 100, heldFrom: 0.5, retryMs: 3_600_000 },
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
  /** How long a submission waits for its place in that before it goes without, how often it looks, and after how long a
   * place counts as lost, in ms: a person at a form waits some seconds gladly, and no request lasts longer than the last. */
  shareWaitMs: 10_000,
  sharePauseMs: 200,
  shareLostMs: 60_000,
  /** Well-formed keys that are not known here which one sender may try, a minute and at once: each is a look into the
   * database of a fraction of a millisecond, so what matters is floods. Much of it is left to whoever shares an address
   * with somebody who tries many. */
  unknownKeys: { perMinute: 60, burst: 1_000 },
  /**
   * Images that one sender may read, steadily a minute and at once: six people behind one address look through 500
   * screenshots each within a minute, and a backup reads twenty a second for as long as it likes.
   */
  imageReads: { perMinute: 1_200, burst: 3_000 },
  /** How long what the database said to `/healthz` counts, in ms: a flood asks it once a second, and whoever watches learns
   * of what is broken within that time. */
  healthMs: 1_000,
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
  /** Rows that one new item writes at most, all that follows included: 50 tags and 50 traits, each a cell of the rollups.
   * Ordinary ones write 6 to 24. What names may add is limited for good (`namesMax` in `storage/cells.ts`). */
  rowsPerItemMax: 145,
  /** New items that the pages of a project may add a day unless it says otherwise: ten times what a product with a million
   * users hears. A flood that nobody notices costs 40 cents a day, one of the worst items (`rowsPerItemMax`) 7 dollars. The
   * free plan's 100,000 rows a day end at some 12,000 ordinary items; a project's quota should be below that there. */
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
  /** A passkey's challenge works this long, in ms: as long as somebody looks for a phone or a key. */
  challengeMs: 5 * 60_000,
  /** Passkeys of one member: more than a person has devices. */
  passkeysMax: 20,
  /** An invitation works this long unless told, in ms; and how long one that has expired stays on the list. */
  invitationMs: 7 * 24 * 3_600_000,
  invitationShownMs: 30 * 24 * 3_600_000,
  /** Invitations of one project that nobody has accepted: a large team comes in one afternoon. */
  invitationsMax: 100,
  /** Projects that a member makes or joins: each stands in every answer about who is signed in. */
  projectsMax: 100,
  /** How long a key that is replaced goes on working unless told, in ms: a day to deploy the new one. */
  keyGraceMs: 24 * 3_600_000,
  /** How far ahead the end of a key may lie, in ms: more is a slip of the keyboard. */
  keyLifeMaxMs: 10 * 365 * 24 * 3_600_000,
  /**
   * Attempts to sign in from one address, in one isolate: an office that comes in at nine has room, and whoever guesses
   * asks the database twelve times a minute.
   */
  signInAttempts: { burst: 30, perSecond: 0.2, namesMax: 10_000 },
  /** What a form of the sign-in pages may send, in bytes. */
  formMaxBytes: 8_000,
  /** How long the keys of Cloudflare Access are kept, in ms (it changes them every six weeks), and fetching may take. */
  accessKeysMs: 3_600_000,
  accessFetchMs: 5_000,
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
  /** When to try again while the database is busy or restarts, in seconds: it is back within that mostly; */
  busyRetrySeconds: 2,
  /** and while it is full, which takes a person to mend. */
  fullRetrySeconds: 600,
  /** When to try again while a service outside that signs people in does not answer, in seconds. */
  outsideRetrySeconds: 10,
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
  /** Items that wait before a poke counts them; the schedule does the rest every minute. Spreads rows of rollups and leases. */
  countsBacklog: 2_000,
  /** How often an exact answer waits for a consumer at work, `waitMs` longer each time: 10 s; 2 s where what is there will do. */
  catchUp: { attempts: 20, looseAttempts: 10, waitMs: 50 },
  /** Of one item: each is a row of its own wherever labels are counted. */
  labelsMax: 50,
  /** Items that one transaction of an erasure takes: a dozen rows each, and the one writer is held up meanwhile. */
  eraseBatch: 200,
  /** Items that one request erases: with finding out who is meant, some 40 calls to the database of the 50 that a request
   * has on the free plan. */
  eraseItemsMax: 1_000,
  /** Times that an erasure looks whether it has learned further addresses. */
  eraseRoundsMax: 5,
  /** When to ask again while the index is behind, in seconds. */
  behindRetrySeconds: 5,
  /**
   * Items of the first page of an export, which doubles from page to page until `rows`, and the bytes of their text: the
   * first bytes come at once, memory stays flat, and a request has 1,000 queries: one for 2,000 items and at most one more
   * for every 3 MB are enough for a million items of 1.3 kB, whatever their order. `rowsAtOnce` of a page are made into text at a time.
   */
  exportPage: { firstRows: 500, rows: 2_000, bytes: 3_000_000, rowsAtOnce: 100 },
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
  /**
   * Notes that one submission gets, and how much of a path each says, in UTF-16 code units: whoever means well has a
   * handful, and 256 kB of rubbish must not become megabytes of notes on it.
   */
  notesMax: 100,
  notePathMaxChars: 200,
  /** Contexts of one submission: each is looked up in the catalogue, and 16 kB would have room for two thousand. */
  contextsMax: 50,
  /** Names of a project that are listed, those seen first: all that the catalogue takes (`namesMax` in `storage/cells.ts`),
   * and where more came before it had a limit, what fits into the memory of whoever exports. */
  namesMax: 10_000,
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
  /** What the audit log keeps of one side of a change, as UTF-8 JSON, in bytes: the ids of a bulk of 500 fit well. */
  auditSideMaxBytes: 64_000,
  /** Items of an account that are looked at for who spoke, the latest first: a second of reading at most. */
  speakerItemsMax: 5_000,
  /** Webhooks of one project: each change is looked at for each of them. */
  webhooksMax: 100,
  /** How long the secret from before a rotation signs too, in ms. */
  rotationMs: 24 * 3_600_000,
  /** How long a receiver may take, answer included, in ms: Standard Webhooks' own figure. */
  webhookTimeoutMs: 15_000,
  /** How long a lookup of a receiver's address may take, in ms. */
  resolveTimeoutMs: 5_000,
  /** A sender's lease of a webhook, in ms: longer than a run and the last attempt of it. */
  webhookLeaseMs: 90_000,
  /** Webhooks that one run takes at a time, in turn from each project. */
  webhooksAtOnce: 50,
  /**
   * Connections that a run has open: a worker has six that wait for an answer. One project has four of them at most, so that
   * receivers which hang leave two to whoever comes later, and two while others are served too: three projects side by side.
   */
  webhookConnections: { all: 6, alone: 4, shared: 2 },
  /** Deliveries that are read at a time, whole items with them: a few MB. */
  deliveriesPage: 20,
  /** Items that one message to people counts; it shows ten. */
  slackBatch: 500,
  /** A message to people comes this often at most, in ms; the first one comes at once. */
  slackEveryMs: 60_000,
  /** An answer within this time, in ms, lets more go out side by side. */
  webhookQuickMs: 2_000,
  /** After so many failures in a row a receiver is only tried now and then, in ms, until it takes something. */
  webhookProbeAfter: 3,
  webhookProbeMs: 30_000,
  /** The longest that a receiver's Retry-After holds up other messages to it, in ms. */
  webhookAskedMaxMs: 3_600_000,
  /** The longest that an attempt is put off, in ms: 24 hours and a tenth. */
  webhookDueMaxMs: 26.4 * 3_600_000,
  /** A receiver that took nothing for so long is turned off, in ms. */
  webhookFailingMs: 5 * 24 * 3_600_000,
  /** What a poke sends: no attempt begins later, in ms, so that the last ends within the 30 s that a worker has after an
   * answer; and how many messages. */
  pokeSending: { forMs: 12_000, most: 100 },
  /** What the schedule sends: within a minute comes the next one. */
  scheduleSending: { forMs: 40_000, most: 500 },
  /** How long deliveries are kept, in ms; and how many one run of the schedule deletes of a webhook. */
  deliveryKeptMs: 30 * 24 * 3_600_000,
  deliverySweep: 500,
  /** How long the audit log is kept, in ms: whoever reviews a year finds all of it; and how many entries one run of the
   * schedule deletes. */
  auditKeptMs: 400 * 24 * 3_600_000,
  auditSweep: 1_000,
  /**
   * Items that one transaction of a retention takes, as an erasure does, and such transactions of one run of the schedule;
   * a million items take most of a day then, and nobody waits for it. People are looked at so many at a time.
   */
  retentionBatch: 200,
  retentionBatchesMax: 5,
  retentionPeople: 500,
  /** How long a retention that has nothing left to do rests, in ms. */
  retentionRestMs: 3_600_000,
} as const
