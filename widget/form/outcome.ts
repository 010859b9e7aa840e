import type { Sent } from '../../sdk/index.ts'
import { element } from '../element.ts'
import type { Strings } from '../strings.ts'
import { icon } from './icons.ts'

/** What became of it: stored, or kept until it can be. Only a receipt shows "sent". */
export function outcomeView(
  { receipt, kept }: Sent,
  blocked: boolean,
  next: string | null | undefined,
  strings: Strings,
  onAgain: () => void,
  onDone: () => void,
): HTMLElement {
  const [title, text] = receipt
    ? [strings.sent, next ?? strings.sentText]
    : blocked
      ? [strings.blocked, strings.blockedText]
      : [strings.queued, strings.queuedText]
  return element(
    'div',
    { className: receipt ? 'outcome good' : 'outcome' },
    icon(receipt ? 'check' : 'clock'),
    element('h3', { tabIndex: -1 }, title),
    element('p', null, text, kept === 'page' && strings.pageOnly),
    receipt && element('p', null, strings.reference, element('code', null, receipt.reference)),
    element(
      'footer',
      {},
      element('button', { onclick: onAgain }, strings.another),
      element('button', { className: 'primary', onclick: onDone }, strings.done),
    ),
  )
}
