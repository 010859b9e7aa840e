import { indigo, scaled } from './accent.ts'
import type { Settings } from './settings.ts'

/**
 * The launcher's sheet. `!important` inside a shadow root wins over the host page's own `!important`.
 */
export function launcherCss({
  accent = `var(--own,${indigo})`,
  corner = 'bottom-right',
  offset = 24,
  size = 15,
}: Settings): string {
  const [across, down = across] = String(offset).split(' ')
  const [block, inline] = corner.split('-')
  return `:host{all:initial!important;font:${size}px/1.6 var(--earshot-font,system-ui)!important;--fill:color(from var(--earshot-accent,${accent}) ${scaled})}.launcher,.fault{position:fixed;z-index:2147483647;${inline}:${across}px;${block}:max(${down}px,env(safe-area-inset-${block}));box-shadow:0 8px 24px #0003}button{display:flex;place-content:center;place-items:center;gap:8px;padding:.6em 1em;border:1px solid #0000;border-radius:99px;background:var(--fill);color:#fff;font:inherit;font-weight:600;cursor:pointer}.launcher:before{content:"";border:8px solid;border-radius:8px 8px 8px 0}.fault{display:grid;gap:8px;width:min(300px,70vw);margin:60px 0;padding:16px;border-radius:10px;background:Canvas;color:CanvasText}textarea{font:inherit}@media(max-width:640px){.launcher{padding:14px;font-size:0;gap:0}}[hidden]{display:none}@media print{:host{display:none!important}}`
}
