import type { Settings } from './settings.ts'

/**
 * The launcher's sheet. `!important` inside a shadow root wins over the host page's own `!important`. The accent is
 * darkened until white is readable on it.
 */
export function launcherCss({ accent = 'oklch(.51 .2 275)', corner = 'bottom-right', offset = 24 }: Settings): string {
  const [across, down = across] = String(offset).split(' ')
  const [block, inline] = corner.split('-')
  return `:host{all:initial!important;--font:15px/22px var(--earshot-font,system-ui);--fill:oklch(from var(--earshot-accent,${accent}) min(l,.55) c h)}.launcher,.fault{position:fixed;z-index:2147483647;${inline}:${across}px;${block}:max(${down}px,env(safe-area-inset-${block}));box-shadow:0 8px 24px #0003}button{display:flex;align-items:center;gap:8px;padding:9px 16px;border:1px solid #0000;border-radius:24px;background:var(--fill);color:#fff;font:600 var(--font);cursor:pointer}.launcher:before{content:"";width:20px;height:20px;background:currentColor;forced-color-adjust:none;clip-path:path("M4 2h12a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-6l-5 4v-4h-1a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3")}button:hover{filter:brightness(1.1)}[hidden]{display:none}.fault{font:var(--font);display:grid;place-items:start;gap:12px;width:300px;margin:60px 0;padding:16px;border-radius:10px;background:Canvas;color:CanvasText}@media(max-width:640px){.launcher{padding:12px 13px;font-size:0;gap:0}}@media print{:host{display:none!important}}`
}
