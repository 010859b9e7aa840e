import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { Attachment, PersonRecord, Survey } from '../../../sdk/wire/index.ts'

/** What floats above the inbox; one at a time. */
export type Overlay =
  | { shows: 'image'; images: readonly Attachment[]; at: number; reference: string }
  | { shows: 'delete-survey'; survey: Survey }
  /** A saved view to edit; null saves what is on screen as a new one. */
  | { shows: 'view'; id: string | null }
  /** A dialog of a view that is loaded when somebody goes there. */
  | { shows: 'dialog'; View: ComponentType }
  | { shows: 'palette' | 'help' | 'export' | 'sidebar' | 'enter' }
  | { shows: 'merge'; ids: readonly string[] }
  | { shows: 'redact'; id: string; texts: readonly string[] }
  | { shows: 'ask'; question: Question }
  | { shows: 'edit-person'; record: PersonRecord }
  | { shows: 'erase-person' | 'edit-account' }
  | { shows: 'group' | 'jump'; anchor: HTMLElement | null }
  | { shows: 'status' | 'labels' | 'assign' | 'more' | 'filter'; field?: string; anchor: HTMLElement | null }

/** What is asked before something that cannot be undone. */
export interface Question {
  title: string
  /** What is lost, and what could be done instead. */
  text: string
  /** What the button does, in its own words. */
  button: string
  run: () => void
}

export const overlay = signal<Overlay | null>(null)

export function open(next: Overlay): void {
  overlay.value = next
}

export function ask(question: Question): void {
  open({ shows: 'ask', question })
}

export function close(): void {
  overlay.value = null
}

/** Where a menu opened by key belongs: beside the control a pointer would have used. */
export function anchorOf(name: string): HTMLElement | null {
  const controls = [...document.querySelectorAll<HTMLElement>(`[data-anchor="${name}"]`)]
  return controls.find((control) => control.offsetParent !== null) ?? null
}
