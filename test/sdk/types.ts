/**
 * Wrong use is a compile error: `tsc -b` fails where one of the lines below is not one any more. Nothing here runs.
 */
import { createEarshot } from '../../sdk/index.ts'
import type { EarshotOptions, Sent } from '../../sdk/index.ts'
import { recordCrumbs } from '../../sdk/crumbs/index.ts'
import { mount } from '../../widget/index.ts'

const settings: EarshotOptions = { key: 'pub_…', endpoint: 'https://feedback.example.com', query: ['tab'] }

export async function rightUse(): Promise<Sent> {
  const earshot = createEarshot(settings)
  earshot.identify({ id: 'u_42', token: async () => 'jwt' })
  earshot.tag('plan', 'pro')
  earshot.tag({ plan: 'pro', beta: true, seats: 5 })
  earshot.context('cart', { items: 3 })
  earshot.context('cart', null)
  earshot.crumb('paid', { total: 129.9 })
  earshot.crumb(new Error('caught'))
  earshot.beforeSend((submission) => (submission.kind === 'bug' ? submission : null))
  earshot.beforeSend(undefined)
  const stop: () => void = earshot.on('queued', ({ id, delayMs }) => console.log(id, delayMs))
  stop()
  const undo: () => void = recordCrumbs(earshot, { console: ['error', 'warn'], clicks: false })
  undo()
  recordCrumbs(mount({ ...settings, crumbs: 'clicks,requests' }))
  return earshot.send({ kind: 'bug', message: 'The total is wrong', rating: { scale: 'nps', value: 9 } })
}

export async function wrongUse(): Promise<void> {
  // @ts-expect-error a client needs settings
  createEarshot()
  // @ts-expect-error an endpoint is needed
  createEarshot({ key: 'pub_…' })
  // @ts-expect-error there is no such option
  createEarshot({ ...settings, relase: '1.4.2' })
  // @ts-expect-error beforeSend gives a submission or null
  createEarshot({ ...settings, beforeSend: () => true })
  const earshot = createEarshot(settings)
  // @ts-expect-error nobody is null; reset() forgets
  earshot.identify(null)
  // @ts-expect-error an id is a text
  earshot.identify({ id: 42 })
  // @ts-expect-error tags are flat
  earshot.tag('cart', { items: 3 })
  // @ts-expect-error a tag has a value
  earshot.tag('plan')
  // @ts-expect-error context is an object
  earshot.context('items', 3)
  // @ts-expect-error a crumb has a message
  earshot.crumb()
  // @ts-expect-error there is no such event
  earshot.on('typo', () => undefined)
  // @ts-expect-error a listener is a function
  earshot.on('sent', 5)
  // @ts-expect-error what is sent has a shape
  await earshot.send('The total is wrong')
  // @ts-expect-error there is no such scale
  await earshot.send({ rating: { scale: 'npps', value: 9 } })
  // @ts-expect-error there is no such part
  await earshot.send({ message: 'x', without: ['cookies'] })
  // @ts-expect-error consent is given or not
  earshot.consent('yes')
  // @ts-expect-error there is no such level
  recordCrumbs(earshot, { console: ['fatal'] })
  // @ts-expect-error there is no such corner
  mount({ ...settings, corner: 'middle' })
  const sent = await earshot.send({ message: 'x' })
  // @ts-expect-error a receipt may not be there
  console.log(sent.receipt.reference)
}
