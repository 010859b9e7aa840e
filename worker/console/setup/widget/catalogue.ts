/** What the widget says of the kinds it knows, in English: what stands in a field that the project leaves empty. */
export const kindNames: ReadonlyMap<string, { label: string; prompt: string }> = new Map([
  ['bug', { label: 'Problem', prompt: 'What went wrong?' }],
  ['idea', { label: 'Idea', prompt: 'What would make this better?' }],
  ['praise', { label: 'Praise', prompt: 'What do you like?' }],
  ['question', { label: 'Question', prompt: 'What would you like to know?' }],
  ['other', { label: 'Other', prompt: 'What is on your mind?' }],
])

/** How the widget names a kind by itself. */
export function nameOf(key: string): { label: string; prompt: string } {
  return kindNames.get(key) ?? { label: key, prompt: kindNames.get('other')?.prompt ?? '' }
}

/** @example keyFrom('Billing & tax') // 'billing-tax' */
export function keyFrom(label: string): string {
  const plain = label.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
}
