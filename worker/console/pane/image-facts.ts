import type { Attachment } from '../../../sdk/wire/index.ts'

const names: Record<string, string> = { 'image/png': 'PNG', 'image/jpeg': 'JPEG', 'image/webp': 'WebP' }

/** @example imageFacts({ type: 'image/png', bytes: 48_200, width: 1280, height: 800 }) // 'PNG, 1280 × 800, 48 kB' */
export function imageFacts({ type, bytes, width, height }: Attachment): string {
  const size = new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: bytes < 10_000 || bytes >= 1_000_000 ? 1 : 0,
  }).format(bytes / (bytes < 1_000_000 ? 1_000 : 1_000_000))
  return [names[type] ?? type, width && height ? `${width} × ${height}` : '', size].filter(Boolean).join(', ')
}
