/**
 * The one catalogue. Every string can be replaced through the setting `strings`, by the same name; the parts are
 * separate so that no chunk carries another's words; where two have the same name, they have the same words.
 */
export const launcherStrings = {
  launcher: 'Feedback',
  fault: 'The form could not be loaded. Try again later.',
  copy: 'Copy text',
  close: 'Close',
}

/** A text by plural category, as `Intl.PluralRules` names them; `#` stands for the number. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

export const formStrings = {
  /** Which way the language runs. */
  dir: 'ltr',
  title: 'Send feedback',
  close: 'Close',
  kinds: 'Kind of feedback',
  bug: 'Problem',
  idea: 'Idea',
  praise: 'Praise',
  question: 'Question',
  other: 'Other',
  bugPrompt: 'What went wrong?',
  ideaPrompt: 'What would make this better?',
  praisePrompt: 'What do you like?',
  questionPrompt: 'What would you like to know?',
  otherPrompt: 'What is on your mind?',
  hide: 'Hide this button for now',
  email: 'E-mail',
  emailOptional: 'E-mail, if you want an answer',
  along: 'Sent along: ',
  nothing: 'nothing',
  page: 'page and browser',
  person: 'who you are',
  tags: 'tags',
  context: 'details',
  crumbs: 'recent events',
  release: 'version',
  privacy: 'Privacy',
  send: 'Send',
  sending: 'Sending',
  needMessage: 'Write a few words first.',
  needEmail: 'Please leave an e-mail address.',
  sent: 'Sent',
  queued: 'Kept, waiting for the network',
  refused: 'Not sent. ',
  cancelled: 'This page stopped it.',
  stillHere: ' Your text is still here.',
  copy: 'Copy text',
  copied: 'Copied',
}

/** Said once something was sent, by a part that is loaded while somebody writes. */
export const outcomeStrings = {
  sentText: 'Thank you. It arrived and is stored.',
  reference: 'Reference ',
  queuedText: 'It is kept on this device and goes out by itself.',
  blocked: 'Kept, not sent yet',
  blockedText: 'Something on this device, perhaps a content blocker, stops the request. It is kept and tried again.',
  pageOnly: ' Keep this page open: the browser does not allow it to be stored.',
  another: 'Send another',
  done: 'Done',
}

/** Said when the limit is near, by a part that is loaded then. */
export const leftStrings = {
  left: { one: '# character left', other: '# characters left' } as Plural,
}

/** Said beside a score, by a part that is loaded where the project asks for one. */
export const ratingStrings = {
  rating: 'How would you rate this?',
  thumbs0: 'Thumbs down',
  thumbs1: 'Thumbs up',
  low: 'Low',
  high: 'High',
}

/** Said by the form's section for images, which is loaded with the form where the project takes some. */
export const attachStrings = {
  screenshot: 'Add a screenshot',
  attachImage: 'Attach an image',
  attachFailed: 'This part could not be loaded. Your text is safe; try again.',
}

/** Said by the part that holds images, which is loaded when somebody attaches one. */
export const filesStrings = {
  attached: 'Attached images',
  image: 'Image',
  remove: 'Remove',
  edit: 'Edit',
  added: 'attached',
  removed: 'removed',
  tooMany: 'There is room for five images. The first ones are attached.',
  notImage: 'This is not an image that can be read here: ',
  drawing: 'Taking the picture',
  drawFailed: 'The screenshot did not work. Attach an image instead.',
  drawSlow: 'The screenshot took too long. Attach an image instead.',
  drawForbidden: 'This page does not allow screenshots. Attach an image instead.',
}

/** Said by the editor, which is loaded with the first screenshot. */
export const captureStrings = {
  close: 'Close',
  editor: 'Screenshot',
  tools: 'Tools',
  picture: 'Picture',
  box: 'Box',
  arrow: 'Arrow',
  black: 'Black out',
  crop: 'Crop',
  undo: 'Undo',
  redo: 'Redo',
  exact: 'Exact picture',
  exactHint: 'The exact picture shows the screen as it is: nothing private is covered, here or in another window.',
  how: 'Draw on the picture. With the keyboard: Enter adds, arrows move, Shift and arrows resize, Delete removes.',
  marks: 'Annotations',
  markAdded: 'added',
  markRemoved: 'removed',
  removeMark: 'Remove',
  cancel: 'Cancel',
  attach: 'Attach',
}

export const surveyStrings = {
  appeared: 'A question for you, at the end of the page: ',
  progress: 'Progress',
  close: 'Close',
  back: 'Back',
  skip: 'Skip',
  next: 'Next',
  send: 'Send',
  done: 'Done',
  needAnswer: 'Answer this question first.',
  npsLow: 'Not at all likely',
  npsHigh: 'Very likely',
  csatLow: 'Very dissatisfied',
  csatHigh: 'Very satisfied',
  cesLow: 'Very difficult',
  cesHigh: 'Very easy',
  thumbs0: 'Thumbs down',
  thumbs1: 'Thumbs up',
  thanks: 'Thank you',
  answersSending: 'Sending your answer.',
  answersSent: 'Your answer arrived and is stored.',
  answersQueued: 'Your answer is kept on this device and goes out by itself.',
  pageOnly: ' Keep this page open: the browser does not allow it to be stored.',
  refused: 'Not sent. ',
  cancelled: 'This page stopped it.',
}

export type Strings = typeof launcherStrings &
  typeof formStrings &
  typeof outcomeStrings &
  typeof ratingStrings &
  typeof leftStrings &
  typeof attachStrings
export type SurveyStrings = typeof surveyStrings
/** Said where images are attached and edited. */
export type ImageStrings = typeof filesStrings & typeof captureStrings
