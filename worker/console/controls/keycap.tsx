const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const names: Record<string, string> = {
  Mod: onMac ? '⌘' : 'Ctrl',
  Shift: onMac ? '⇧' : 'Shift',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Backspace: '⌫',
  Enter: '↵',
}

/** The caps of one shortcut: `Mod+k` is two, `g i` is two. */
function caps(shortcut: string): string[] {
  return shortcut.split(/(?<=.)[+ ]/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}

/** As text, for tooltips. */
export function shownKey(shortcut: string): string {
  return caps(shortcut).join(shortcut.includes(' ') ? ' then ' : '+')
}

export function Keycap({ of }: { of: string }) {
  return (
    <span class="keycaps">
      {caps(of).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
