import { ArrowDown, ArrowUp, Minus } from 'lucide'
import type { Estimate } from '../../../sdk/wire/index.ts'
import { Icon } from '../controls/icon.tsx'
import { verdict } from './words.ts'

const icons = { up: ArrowUp, down: ArrowDown, unclear: Minus, unknown: null }

/** An arrow only where the interval leaves out zero; noise gets none. */
export function Verdict({ of }: { of: Estimate }) {
  const icon = icons[verdict(of)]
  return icon && <Icon of={icon} size={14} />
}
