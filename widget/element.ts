/** What can stand in an element; false and undefined stand for nothing. */
export type Child = Node | string | false | null | undefined

/** An element with its properties and children, made without `innerHTML`, as Trusted Types ask. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties?: Partial<HTMLElementTagNameMap[Name]> | null,
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties)
  // No method of the array: the launcher says what went wrong even where the page has broken those.
  for (const child of children) if (child) made.append(child)
  return made
}
