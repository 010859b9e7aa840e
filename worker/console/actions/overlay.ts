import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { Attachment, Survey } from '../../../sdk/wire/index.ts'

/** What floats above the inbox; one at a time. */
export type Overlay =
  | { shows: 'image'; images: readonly Attachment[]; at: number; reference: string }
  | { shows: 'delete-survey'; survey: Survey }
  /** A dialog of a view that is loaded when somebody goes there. */
  | { shows: 'dialog'; View: ComponentType }
  | { shows: 'palette' | 'help' | 'export' | 'sidebar' }
  | { shows: 'group' | 'jump'; anchor: HTMLElement | null }
  | { shows: 'status' | 'labels' | 'filter'; field?: string; anchor: HTMLElement | null }

export const overlay = signal<Overlay | null>(null)

export function open(next: Overlay): void {
  overlay.value = next
}

export function close(): void {
  overlay.value = null
}

/** Where a menu opened by key belongs: beside the control a pointer would have used. */
export function anchorOf(name: string): HTMLElement | null {
  const controls = [...document.querySelectorAll<HTMLElement>(`[data-anchor="${name}"]`)]
  return controls.find((control) => control.offsetParent !== null) ?? null
}
