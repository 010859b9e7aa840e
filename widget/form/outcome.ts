import type { Sent } from '../../sdk/index.ts'
import { element } from '../element.ts'
import { outcomeStrings } from '../strings.ts'
import type { Strings } from '../strings.ts'
import { draw } from './icons.ts'
import { addSheet } from './sheet.ts'

export { watchBlocking } from './blocked.ts'

const css =
  '.outcome{display:flex;flex-direction:column;align-items:center;gap:4px;text-align:center;font-size:14px;line-height:20px;color:var(--dim)}.outcome>svg{width:40px;height:40px;margin:16px 0 8px;padding:8px;border-radius:50%;background:var(--soft)}.good>svg{background:color-mix(in oklab,var(--good) 14%,var(--bg));color:var(--good)}.outcome p{padding:0 24px}h3,code{color:var(--ink)}code{font:600 14px/20px ui-monospace,Menlo,monospace;user-select:all}.outcome footer{align-self:stretch;margin-top:24px;justify-content:flex-end}.outcome .primary{margin:0}'

const dressed = new WeakSet<Node>()
const circle = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z'
const strokes = { check: 'M5 12l5 5 9-9', clock: `${circle}M12 7v5l3 2` }

/**
 * Shows in `node` what became of it: stored, or kept until it can be. Only a receipt shows "sent". Loaded while somebody
 * writes.
 */
export function showOutcome(
  node: HTMLElement,
  { receipt, kept }: Sent,
  blocked: boolean,
  next: string | null | undefined,
  own: Partial<Strings>,
  onAgain: () => void,
  onDone: () => void,
): void {
  const strings = { ...outcomeStrings, ...own } as Strings
  if (!dressed.has(node)) addSheet(node, css)
  dressed.add(node)
  const [title, text] = receipt
    ? [strings.sent, next ?? strings.sentText]
    : blocked
      ? [strings.blocked, strings.blockedText]
      : [strings.queued, strings.queuedText]
  const view = element(
    'div',
    { className: receipt ? 'outcome good' : 'outcome' },
    draw(strokes[receipt ? 'check' : 'clock']),
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
  node.replaceChildren(view)
}
