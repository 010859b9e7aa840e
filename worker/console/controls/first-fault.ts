/** Puts the focus on the first field of a form that says it is wrong, once it is drawn so; its reason is read with it. */
export function focusFirstFault(form: ParentNode): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
