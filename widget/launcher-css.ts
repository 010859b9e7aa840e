import type { Settings } from './settings.ts'

/**
 * The launcher's sheet. `!important` inside a shadow root wins over the host page's own `!important`. The accent is
 * darkened until white is readable on it.
 */
export function launcherCss({
  accent = 'oklch(.51 .2 275)',
  corner = 'bottom-right',
  offset = 24,
  size = 15,
}: Settings): string {
  const [across, down = across] = String(offset).split(' ')
  const [block, inline] = corner.split('-')
  return `:host{all:initial!important;font:${size}px/1.5 var(--earshot-font,system-ui)!important;--fill:oklch(from var(--earshot-accent,${accent}) min(l,.55) c h)}.launcher,.fault{position:fixed;z-index:2147483647;${inline}:${across}px;${block}:max(${down}px,env(safe-area-inset-${block}));box-shadow:0 8px 24px #0003}:where(button:not([hidden])){display:flex;align-items:center;gap:8px;padding:.6em 1em;border:1px solid #0000;border-radius:2em;background:var(--fill);color:#fff;font:inherit;font-weight:600;cursor:pointer}.launcher:before{content:"";border:8px solid;border-radius:8px 8px 8px 0}.fault{display:grid;gap:12px;width:300px;margin:60px 0;padding:16px;border-radius:10px;background:Canvas;color:CanvasText}@media(max-width:640px){.launcher{padding:14px;font-size:0;gap:0}}@media print{:host{display:none!important}}`
}
